import { randomBytes, randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { ApiKeys } from '../../src/applications/api-keys.js';
import { MakeBackupCodes } from '../../src/factors/application/make-backup-codes.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import type { Secret } from '../../src/platform/keyring/secrets.js';
import { Inbox } from '../../src/sandbox/inbox.js';
import { overloaded, unavailable } from '../../src/shared/refusals.js';
import { MemoryStates } from '../../src/verification/adapters/memory-states.js';
import { GUESS_LEASE_MS } from '../../src/verification/adapters/verification-keys.js';
import { CodeHasher } from '../../src/verification/application/ports.js';
import { eventually } from './eventually.js';
import { Holder, type FactorAnswer, type How, type Post } from './factor-login.js';
import { newPhone } from './login.js';
import { holdGuess, stopAfter, type LostStep } from './lost-check.js';
import { openTestDatabase, type TestDatabase } from './postgres.js';
import { ShiftedClock } from './shifted-clock.js';
import { WholeService } from './whole-service.js';

/** The whole service in this process, as an application with factors calls it. */
export class FactorCalls {
  private constructor(
    private readonly store: TestDatabase,
    private readonly service: WholeService,
    private readonly key: string,
    private readonly applicationId: string,
    private readonly clock: ShiftedClock,
  ) {}

  static async open(): Promise<FactorCalls> {
    const store = await openTestDatabase();
    const clock = new ShiftedClock();
    const service = await WholeService.start(store.database, undefined, 'all', clock);
    const { id, key } = await service.tenant('shop');
    return new FactorCalls(store, service, key, id, clock);
  }

  readonly post: Post = (path, body, how) => this.postAs(this.key, path, body, how);

  async postAs(key: string, path: string, body: unknown, how?: How) {
    const reply = await this.send(key, path, body, how);
    return { status: reply.statusCode, body: reply.json<FactorAnswer>() };
  }

  /** @returns the reply with its header fields */
  send(key: string, path: string, body: unknown, { idempotencyKey, approvalToken }: How = {}) {
    const headers = {
      ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(approvalToken !== undefined && { 'approval-token': approvalToken }),
    };
    return this.service.app.inject({ method: 'POST', url: path, headers, payload: JSON.stringify(body) });
  }

  async get(path: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${this.key}` };
    return (await this.service.app.inject({ url: path, headers })).json<Record<string, unknown>>();
  }

  /** Somebody with an authenticator whom no other test knows. */
  holder(subject?: string): Promise<Holder> {
    return Holder.of(this.post, subject);
  }

  /** Ten of them. */
  async backupCodes(subject: string): Promise<string[]> {
    const make = this.service.app.get(MakeBackupCodes);
    return (
      (await make.execute({ applicationId: this.applicationId, subject, keyId: 'test', by: 'administrator' }, true))
        ?.codes ?? []
    );
  }

  /** The code that reaches a phone. */
  codeFor(to: string): Promise<string> {
    return eventually(() => {
      const [message] = this.service.app.get(Inbox).list({ to });
      if (!message) throw new Error(`nothing was sent to ${to}`);
      return /\b\d{6}\b/.exec(message.text)?.[0] ?? '';
    });
  }

  /**
   * Makes a check that is never answered, and goes no further than that step, as with a process that dies there. Returns when its
   * guess counts as lost.
   */
  async lostAt(step: LostStep, check: () => Promise<unknown>): Promise<void> {
    const got = stopAfter(this.service.app, step);
    void check();
    await got;
    this.clock.advance(GUESS_LEASE_MS + 1);
  }

  /** Makes a check that stands still before it has compared anything. @returns lets it go on, and gives its answer */
  async underWay<Answer>(check: () => Promise<Answer>): Promise<() => Promise<Answer>> {
    const held = holdGuess(this.service.app);
    const answer = check();
    const goOn = await held;
    return () => {
      goOn();
      return answer;
    };
  }

  /** Makes one that is slow: its guess counts as lost, and may be taken over. @returns as of {@link underWay} */
  async slow<Answer>(check: () => Promise<Answer>): Promise<() => Promise<Answer>> {
    const goOn = await this.underWay(check);
    this.clock.advance(GUESS_LEASE_MS + 1);
    return goOn;
  }

  /** What was shifted by lost checks is as it was: codes are of real time. */
  resetClock(): void {
    this.clock.offsetMs = 0;
  }

  /** The next check finds no place to be hashed in. */
  overload(): void {
    vi.spyOn(this.service.app.get(CodeHasher), 'enter').mockImplementationOnce(() => {
      throw overloaded();
    });
  }

  /** The next code can not be hashed, so that it is compared with nothing. */
  failToHash(): void {
    vi.spyOn(this.service.app.get(CodeHasher), 'digest').mockRejectedValueOnce(unavailable('No hash.'));
  }

  /** From now on it is a node that writes with a newer secret, and reads what others write with the former. */
  addSecret(): void {
    const keyring = this.service.app.get(Keyring);
    const secrets = Reflect.get(keyring, 'secrets') as Secret[];
    Object.assign(keyring, new Keyring([{ kid: 'newer', key: randomBytes(32) }, ...secrets]));
  }

  /** As a Redis that comes back empty. */
  loseStates(): void {
    (Reflect.get(this.service.app.get(MemoryStates), 'states') as Map<string, unknown>).clear();
  }

  phone = (ending?: string) => newPhone(ending);

  /** A key of the application that is no administrator's. */
  async verifyKey(): Promise<string> {
    const order = { applicationId: this.applicationId, scopes: ['verify' as const] };
    return (await this.service.app.get(ApiKeys).create(order, { keyId: 'test' })).secret;
  }

  /** A key of one more application. */
  async stranger(): Promise<string> {
    return (await this.service.tenant(`stranger ${randomUUID()}`)).key;
  }

  /** Type and channel of a verification's events, in their order. */
  async eventsOf(id: string): Promise<[string, string | null][]> {
    const sql = `SELECT type, payload->>'channel' AS channel FROM events WHERE verification_id = $1 ORDER BY id`;
    const rows = await this.store.database.query<{ type: string; channel: string | null }>(sql, [id]);
    return rows.map(({ type, channel }) => [type, channel]);
  }

  /** Of a subject's verifications, oldest first. */
  async statusesOf(subject: string): Promise<string[]> {
    const sql = 'SELECT status FROM verifications WHERE subject = $1 ORDER BY created_at';
    return (await this.store.database.query<{ status: string }>(sql, [subject])).map(({ status }) => status);
  }

  query = (sql: string, values: unknown[]) => this.store.database.query(sql, values);

  async close(): Promise<void> {
    await this.service.close();
    await this.store.close();
  }
}
