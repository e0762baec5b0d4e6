import { randomBytes } from 'node:crypto';
import {
  MessageSource,
  type Claim,
  type MessagePlan,
  type NextDelivery,
  type Saying,
} from '../../src/delivery/application/ports.js';
import type { Delivery } from '../../src/delivery/domain/delivery.js';
import type { Database } from '../../src/platform/postgres/database.js';
import type { Channel } from '../../src/shared/channel.js';

export const newId = (prefix: string) => `${prefix}_${randomBytes(8).toString('hex')}`;

/** A delivery as verification's ledger inserts it: queued and due at once. Column names as in the table. */
export async function queueDelivery(database: Database, over: Record<string, unknown> = {}): Promise<string> {
  const row: Record<string, unknown> = {
    ...{
      id: newId('dlv'),
      message_id: newId('msg'),
      application_id: 'app_1',
      step: 0,
      channel: 'sms',
      origin: 'start',
    },
    ...{ reason: 'asked for', country: 'DE', report_timeout_seconds: 60 },
    ...{ expires_at: new Date(Date.now() + 300_000), due_at: new Date(Date.now() - 1_000) },
    ...over,
  };
  const names = Object.keys(row);
  const places = names.map((_, position) => `$${String(position + 1)}`);
  await database.query(
    `INSERT INTO deliveries (${names.join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  );
  return row['id'] as string;
}

/** Lets a delivery's lease or time pass without waiting. */
export const passLease = (database: Database, id: string) =>
  database.query(`UPDATE deliveries SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
export const makeDue = (database: Database, id: string) =>
  database.query('UPDATE deliveries SET due_at = now() WHERE id = $1 AND due_at IS NOT NULL', [id]);

/** A source of messages that knows its plan and keeps its steps in the deliveries themselves, as verification's ledger does. */
export class FakeMessages extends MessageSource {
  readonly claimed: string[] = [];
  readonly withdrawn: string[] = [];
  /** Deliveries whose call was asked for after its key. */
  readonly heard: string[] = [];
  /** Deliveries that came to nothing, in that order. */
  readonly unsent: string[] = [];
  channels: Channel[] = ['sms', 'voice', 'email'];
  tryOtherProvider = false;
  sendsLeft = 4;
  /** What the next claims answer, instead of a text. */
  stop: Extract<Claim, { kind: 'stop' }> | null = null;
  /** Thrown by the next claims. */
  outage: Error | null = null;
  over = false;

  constructor(private readonly database: Database) {
    super();
  }

  claim({ id, channel }: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<Claim> {
    if (this.outage) return Promise.reject(this.outage);
    this.claimed.push(id);
    const to = channel === 'email' ? 'ada@example.org' : '+4915112345678';
    const text = `Text ${String(this.claimed.length)} of ${id}`;
    return Promise.resolve(
      this.stop ?? { kind: 'send', message: { to, text, subject: 'Code', locale: 'en', validForSeconds: 290 } },
    );
  }

  afterKey({ id }: Pick<Delivery, 'id' | 'messageId' | 'channel'>): Promise<Saying> {
    if (this.outage) return Promise.reject(this.outage);
    this.heard.push(id);
    const kind = this.over ? 'over' : 'said';
    return Promise.resolve({ kind, speech: [`${kind} ${String(this.heard.length)}`], locale: 'en' });
  }

  cameToNothing({ id }: Pick<Delivery, 'id'>): Promise<void> {
    this.unsent.push(id);
    return Promise.resolve();
  }

  withdraw({ id }: Pick<Delivery, 'id' | 'messageId'>): Promise<void> {
    this.withdrawn.push(id);
    return Promise.resolve();
  }

  async plan(messageId: string): Promise<MessagePlan | null> {
    if (this.over) return null;
    const sql = 'SELECT max(step)::int AS step FROM deliveries WHERE message_id = $1';
    const [row] = await this.database.query<{ step: number }>(sql, [messageId]);
    const expiresAt = new Date(Date.now() + 300_000);
    const { channels, sendsLeft, tryOtherProvider } = this;
    return { step: row?.step ?? 0, channels, expiresAt, sendsLeft, tryOtherProvider };
  }

  async advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null> {
    const sql = `
      INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, report_timeout_seconds, expires_at, due_at)
      SELECT $3, message_id, application_id, $2::int + 1, $4, $5, $6, report_timeout_seconds, expires_at, now()
      FROM deliveries WHERE message_id = $1 AND step = $2 ON CONFLICT DO NOTHING RETURNING id`;
    const values = [messageId, fromStep, newId('dlv'), next.channel, next.origin, next.reason];
    return (await this.database.query<{ id: string }>(sql, values))[0]?.id ?? null;
  }
}
