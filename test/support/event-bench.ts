import { randomBytes } from 'node:crypto';
import { eventBody } from '../../src/events/event-body.js';
import { EVENT_SCHEMAS } from '../../src/events/event-schemas.js';
import type { EventType } from '../../src/events/event-types.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { KeyringVault } from '../../src/verification/adapters/keyring-vault.js';
import { PostgresEndings } from '../../src/verification/adapters/postgres-endings.js';
import { PostgresLedger } from '../../src/verification/adapters/postgres-ledger.js';
import { PostgresSteps } from '../../src/verification/adapters/postgres-steps.js';
import { PostgresToldVerifications } from '../../src/verification/adapters/postgres-told-verifications.js';
import { newId } from './deliveries.js';
import { DeliveryBench, ScriptedProvider } from './delivery-bench.js';
import { LedgerMessages } from './ledger-messages.js';
import { addEndpoint } from './webhook-rows.js';

/** An event as a test looks at it. */
export interface Told {
  id: string;
  type: EventType;
  sequence: number;
  payload: Record<string, unknown>;
}

type Row = Told & { applicationId: string; verificationId: string; createdAt: Date };

/** Verifications over the real ledger, sent by scripted providers, for an application whose endpoints listen. */
export class EventBench {
  readonly applicationId = newId('app');
  readonly sms = new ScriptedProvider('sms-1', 'sms');
  readonly delivery: DeliveryBench;
  readonly endings: PostgresEndings;
  readonly steps: PostgresSteps;
  private readonly vault = new KeyringVault(new Keyring([{ kid: 'test', key: randomBytes(32) }]));

  constructor(readonly database: Database) {
    const others = [new ScriptedProvider('calls', 'voice'), new ScriptedProvider('mail', 'email')];
    this.delivery = new DeliveryBench(database, [this.sms, ...others], {}, new LedgerMessages(database));
    this.endings = new PostgresEndings(database);
    this.steps = new PostgresSteps(database);
  }

  /** @param events what it listens to; null: to all. */
  async endpoint(events: string[] | null, enabled = true): Promise<string> {
    const { database, applicationId } = this;
    const { id } = await addEndpoint(database, { url: 'https://shop.example', applicationId, events, enabled });
    return id;
  }

  /** @returns the id of a verification that may be sent over every channel. */
  async start(): Promise<string> {
    const id = newId('ver');
    const to = { phone: { kind: 'phone' as const, value: '+4915112345678', country: 'DE' as const } };
    await new PostgresLedger(this.database).start({
      ...{ id, deliveryId: newId('dlv'), applicationId: this.applicationId, channels: ['sms', 'voice', 'email'] },
      ...{ purpose: 'login', subject: 'user 1', locale: 'en', country: 'DE', contextDigest: 'k.c', codeLength: 6 },
      ...{ maxAttempts: 2, maxSends: 5, reportTimeoutSeconds: 60, metadata: { cart: '7' } },
      ...{ sealed: this.vault.seal(id, { to }), resendAt: new Date(0), expiresAt: new Date(Date.now() + 300_000) },
      ...{ phoneIndex: Buffer.from(id), emailIndex: null, idempotencyKey: null, idempotencyFingerprint: null },
    });
    return id;
  }

  /** The verification's events as they stand in the ledger, oldest first. */
  events(id: string): Promise<Row[]> {
    const columns = `id, type, sequence, payload, application_id AS "applicationId", verification_id AS "verificationId"`;
    const sql = `SELECT ${columns}, created_at AS "createdAt" FROM events WHERE verification_id = $1 ORDER BY id`;
    return this.database.query<Row>(sql, [id]);
  }

  /** What receivers would get of them, each as its schema says. */
  async bodies(id: string): Promise<{ type: EventType; data: Record<string, unknown> }[]> {
    const told = await new PostgresToldVerifications(this.database, this.vault).of([id]);
    return (await this.events(id)).map((event) => {
      const body = JSON.parse(JSON.stringify(eventBody(event, told.get(id) ?? null))) as unknown;
      return EVENT_SCHEMAS[event.type].parse(body);
    });
  }

  /** Sequences that an endpoint is owed. */
  async owed(endpointId: string, verificationId: string): Promise<number[]> {
    const sql =
      'SELECT sequence FROM webhook_messages WHERE endpoint_id = $1 AND verification_id = $2 ORDER BY event_id';
    return (await this.database.query<{ sequence: number }>(sql, [endpointId, verificationId])).map(
      (row) => row.sequence,
    );
  }
}
