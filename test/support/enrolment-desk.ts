import { base32 } from '@otplib/plugin-base32-scure';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSync } from '@otplib/totp';
import { randomBytes } from 'node:crypto';
import { ApiKeys } from '../../src/applications/api-keys.js';
import type { Scope } from '../../src/applications/principal.js';
import type { FactorBody } from '../../src/factors/http/factor.schema.js';
import type { Database } from '../../src/platform/postgres/database.js';
import type { CodeChannel } from '../../src/shared/channel.js';
import { ApprovalTokens } from '../../src/tokens/application/ports.js';
import { openTestDatabase, type TestDatabase } from './postgres.js';
import { WholeService } from './whole-service.js';

/** What calls about enrolment answer: a factor with what is shown once, or a problem. */
export interface DeskAnswer extends Omit<FactorBody, 'status'> {
  status: string | number;
  secret: string;
  uri: string;
  qr: string;
  expiresAt: string;
  backupCodes: string[] | null;
  code: string;
  detail: string;
  attemptsLeft: number;
  mismatched: string[];
  factors: FactorBody[];
}

export interface Call {
  /** Default: one of scope `verify` alone. */
  key?: string;
  /** An approval token. */
  token?: string;
  idempotencyKey?: string;
}

/** The whole service in this process, where an application manages its people's factors. */
export class EnrolmentDesk {
  private constructor(
    private readonly store: TestDatabase,
    readonly service: WholeService,
    readonly applicationId: string,
    readonly keys: { verify: string; read: string; admin: string },
  ) {}

  static async open(): Promise<EnrolmentDesk> {
    const store = await openTestDatabase();
    const service = await WholeService.start(store.database, undefined, 'api');
    const { id, key: verify } = await service.tenant('shop', ['verify']);
    const keys = service.app.get(ApiKeys);
    const of = (scopes: Exclude<Scope, 'operator'>[]) => keys.create({ applicationId: id, scopes }, { keyId: 'test' });
    const [read, admin] = [await of(['read']), await of(['admin', 'verify'])];
    return new EnrolmentDesk(store, service, id, { verify, read: read.secret, admin: admin.secret });
  }

  get database(): Database {
    return this.store.database;
  }

  async call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, call: Call = {}) {
    const { key = this.keys.verify, token, idempotencyKey } = call;
    const headers = {
      authorization: `Bearer ${key}`,
      ...(token !== undefined && { 'approval-token': token }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    };
    const reply = await this.service.app.inject({
      method,
      url: `/v1/${path}`,
      headers,
      ...(body && { payload: body }),
    });
    const answer = (reply.body === '' ? {} : reply.json<unknown>()) as DeskAnswer;
    return { status: reply.statusCode, headers: reply.headers, body: answer };
  }

  begin(subject: string, call?: Call, more: object = {}) {
    return this.call('POST', 'factors', { subject, ...more }, call);
  }

  activate(id: string, code: string, call?: Call, more: object = {}) {
    return this.call('POST', `factors/${id}/activate`, { code, ...more }, call);
  }

  /** Somebody with an authenticator, and backup codes unless they are not wanted. */
  async enrolled(subject = newSubject(), more: object = {}): Promise<{ id: string; subject: string; secret: string }> {
    const { body } = await this.begin(subject, { key: this.keys.admin });
    const { status } = await this.activate(body.id, codeOf(body), { key: this.keys.admin }, more);
    if (status !== 200) throw new Error(`not activated: ${String(status)}`);
    return { id: body.id, subject, secret: body.secret };
  }

  async factorsOf(subject: string): Promise<FactorBody[]> {
    return (await this.call('POST', 'factors/search', { subject })).body.factors;
  }

  /** What a check of a code of the subject's latest factor of that channel would have given. */
  async tokenFor(subject: string, over: { channel?: CodeChannel; purpose?: string; applicationId?: string } = {}) {
    const { channel = 'totp', purpose = 'change-factors', applicationId = this.applicationId } = over;
    const factorId = (await this.factorsOf(subject)).findLast((factor) => factor.channel === channel)?.id ?? null;
    const named = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`;
    const ids = { tokenId: named('tok'), verificationId: named('ver') };
    const what = { applicationId, approvedAt: new Date(), channel, factorId, subject, purpose, binding: null };
    return this.service.app.get(ApprovalTokens, { strict: false }).sign({ ...ids, ...what });
  }

  /** Type and payload of what was told of a subject's factors, in their order. */
  eventsOf(subject: string): Promise<{ type: string; payload: { factorId: string; sequence: number; by?: string } }[]> {
    return this.database.query(`SELECT type, payload FROM events WHERE payload->>'subject' = $1 ORDER BY id`, [
      subject,
    ]);
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.store.close();
  }
}

export const newSubject = () => `user-${randomBytes(6).toString('hex')}`;

/** What the app shows so many steps from now, of SHA-1, 6 digits and 30 s. */
export function codeOf({ secret }: { secret: string }, stepsLater = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + 30 * stepsLater;
  return generateSync({ secret: base32.decode(secret), epoch, crypto: new NodeCryptoPlugin() });
}

/** One that the app does not show now, nor soon, nor did just now. */
export function wrongCodeOf(app: { secret: string }): string {
  const shown = [-2, -1, 0, 1, 2].map((step) => codeOf(app, step));
  return ['100000', '200000', '300000', '400000', '500000', '600000'].find((code) => !shown.includes(code)) ?? '';
}
