import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxMessage } from '../../src/sandbox/inbox.js';
import type { Channel } from '../../src/shared/channel.js';
import type { Deployment, Tenant } from './deployment.js';
import type { Reply } from './http-client.js';

/** Whatever the API answers: a verification, an approval or a problem. Absent members are what tests look for, too. */
export interface Answer {
  code?: string;
  detail?: string;
  attemptsLeft?: number;
  retryAfterSeconds?: number;
  violatedPolicies?: string[];
  verificationStatus?: string;
  id?: string;
  status?: string | number;
  channels?: Channel[];
  expiresAt?: string;
  resendAt?: string;
  deliveries?: { id: string; channel: Channel; status: string; to: string | null }[];
  token?: string;
}

export interface CallAt {
  /** Which process is asked. Default: the first. */
  at?: number;
  idempotencyKey?: string;
  tenant?: Tenant;
}

let phones = 100;

/** A German mobile number that this file has not used: limits are per recipient. `ending` chooses what the sandbox does. */
export function newPhone(ending = '777'): string {
  const digits = 8 - ending.length;
  const operator = OPERATORS[Math.floor(phones / 10 ** digits) % OPERATORS.length] ?? '151';
  const place = String(phones % 10 ** digits).padStart(digits, '0');
  phones += 1;
  return `+49${operator}${place}${ending}`;
}

/** Ranges of German mobile numbers that are in use: a worker's files together ask for more than one has with a long ending. */
const OPERATORS = ['151', '152', '155', '156', '157', '159'];

/** `POST /v1/verifications`, whatever comes of it. */
export function callStart(deployment: Deployment, body: unknown, how: CallAt = {}): Promise<Reply<Answer>> {
  return post(deployment, '/v1/verifications', body, how);
}

/** Starts a verification that is expected to be accepted. */
export async function startLogin(
  deployment: Deployment,
  body: Record<string, unknown> = {},
  how: CallAt = {},
): Promise<Login> {
  const started = await callStart(deployment, { to: { phone: newPhone() }, ...body }, how);
  if (started.status !== 202 || started.body.id === undefined)
    throw new Error(`start: ${String(started.status)} ${JSON.stringify(started.body)}`);
  return new Login(deployment, started.body.id, started, how.tenant ?? deployment.tenant);
}

/** One person's verification: the calls of the login flow, and the messages that reach the person. */
export class Login {
  constructor(
    readonly deployment: Deployment,
    readonly id: string,
    readonly started: Reply<Answer>,
    readonly tenant = deployment.tenant,
  ) {}

  check(code: unknown, how: CallAt = {}, more: object = {}): Promise<Reply<Answer>> {
    return this.post('checks', { code, ...more }, how);
  }

  /** Like a client that does what a 503 `overloaded` says: nothing was spent, so it asks again. */
  async checkUntilDecided(code: string, how: CallAt = {}): Promise<Reply<Answer>> {
    for (;;) {
      const reply = await this.check(code, how);
      if (reply.body.code !== 'overloaded') return reply;
      await sleep(randomInt(5, 30));
    }
  }

  resend(channel?: Channel, how: CallAt = {}): Promise<Reply<Answer>> {
    return this.post('resend', { channel }, how);
  }

  cancel(how: CallAt = {}): Promise<Reply<Answer>> {
    return this.post('cancel', undefined, how);
  }

  read(how: CallAt = {}): Promise<Reply<Answer>> {
    const { key } = how.tenant ?? this.tenant;
    return this.deployment.service(how.at).call('GET', `/v1/verifications/${this.id}`, { key });
  }

  /** What reached the person, oldest first. Each process has an inbox of its own. */
  async messages(): Promise<InboxMessage[]> {
    const path = `/sandbox/messages?verificationId=${this.id}`;
    const inboxes = await Promise.all(
      this.deployment.services.map((service) => service.call<{ messages: InboxMessage[] }>('GET', path)),
    );
    return inboxes.flatMap(({ body }) => body.messages).sort((a, b) => a.at.localeCompare(b.at));
  }

  /** The codes that reached the person, oldest first, once there are `count` of them. */
  async codes(count: number): Promise<string[]> {
    const patience = Date.now() + 10_000;
    for (;;) {
      const messages = await this.messages();
      if (messages.length >= count) return messages.map(({ text }) => /\b\d{6,10}\b/.exec(text)?.[0] ?? '');
      if (Date.now() > patience) throw new Error(`${this.id}: ${String(messages.length)} of ${String(count)} messages`);
      await sleep(20);
    }
  }

  /** The code of the first message. */
  async code(): Promise<string> {
    return (await this.codes(1))[0] ?? '';
  }

  private post(call: string, body: unknown, how: CallAt): Promise<Reply<Answer>> {
    return post(this.deployment, `/v1/verifications/${this.id}/${call}`, body, { tenant: this.tenant, ...how });
  }
}

/** Another code of the same length for each `n`; `code` itself for 0. */
export function wrong(code: string, n = 1): string {
  const codes = 10 ** code.length;
  return String((Number(code) + n + codes) % codes).padStart(code.length, '0');
}

function post(
  deployment: Deployment,
  path: string,
  body: unknown,
  { at, idempotencyKey, tenant = deployment.tenant }: CallAt,
): Promise<Reply<Answer>> {
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  return deployment.service(at).call('POST', path, { key: tenant.key, body, headers });
}
