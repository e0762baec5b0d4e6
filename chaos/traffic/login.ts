import { setTimeout as sleep } from 'node:timers/promises';
import type { Carrier } from '../carrier/carrier.js';
import { forgeriesOf } from '../carrier/forgeries.js';
import type { Reporter } from '../carrier/reporter.js';
import type { Call, TakenMessage, Typed } from '../history/conversations.js';
import type { Journal } from '../journal.js';
import type { Balancer } from '../world/balancer.js';
import type { ChaosNode } from '../world/chaos-node.js';
import { SETTINGS } from '../world/settings.js';
import { Caller, type Request } from './caller.js';
import type { Person, Tenant } from './person.js';

/** Everything that a login meets. */
export interface Surroundings {
  balancer: Balancer;
  carrier: Carrier;
  reporter: Reporter;
  journal: Journal;
  tenants: readonly [Tenant, ...Tenant[]];
  /** Aborted when traffic ends: nobody waits for a message any more. */
  over: AbortSignal;
}

/** The longest anybody waits for a message: a report timeout, the fallback after it, and a fault in between. */
const MESSAGE_WITHIN_MS = 45_000;

/** One login of one person: what the application's server calls, and what the person sees and types. */
export class Login {
  id = '';
  private startedAtMs = 0;
  private readonly caller: Caller;
  private keys = 0;

  constructor(
    readonly person: Person,
    readonly around: Surroundings,
  ) {
    this.caller = new Caller(person, around.balancer, around.journal);
  }

  /** @returns whether it was accepted, so that there is something to check. */
  async start(over: { body?: object; ip?: string; phone?: string; key?: string } = {}): Promise<boolean> {
    const call = await this.caller.insist(this.startRequest(over));
    this.id = call.verificationId ?? '';
    this.startedAtMs = call.sentAtMs;
    return call.answer.kind === 'answered' && call.answer.status === 202;
  }

  /** Starts at several nodes at once, each a request of its own. */
  startAtOnce(overs: { ip?: string; phone?: string; key?: string }[]): Promise<Call[]> {
    const at = (n: number) => this.around.balancer.node(n);
    return Promise.all(overs.map((over, n) => this.caller.once({ ...this.startRequest(over), at: at(n) })));
  }

  /** The codes of the messages that the person has been shown, oldest first, once there are `count`; fewer when patience ends. */
  async codes(count = 1): Promise<string[]> {
    const deadline = this.around.journal.now() + MESSAGE_WITHIN_MS;
    while (this.seen().length < count && this.around.journal.now() < deadline && !this.around.over.aborted)
      await Promise.race([this.around.carrier.nextMessage(), sleep(500)]);
    return this.seen().map(({ code }) => code);
  }

  right(code: string): Typed {
    return { code, kind: 'right' };
  }

  wrong(): Typed {
    const code = this.person.random.digits(SETTINGS.codeLength);
    return this.seen().some((message) => message.code === code) ? this.wrong() : { code, kind: 'wrong' };
  }

  check(typed: Typed, idempotencyKey: string | null = this.key()): Promise<Call> {
    return this.caller.insist(this.checkRequest(typed, idempotencyKey));
  }

  /** Several guesses at once, at the nodes in turn, ready or not. */
  checkAtOnce(guesses: Typed[], keyOf: (n: number) => string | null = () => null): Promise<Call[]> {
    const calls = guesses.map((typed, n) =>
      this.caller.once({ ...this.checkRequest(typed, keyOf(n)), at: this.around.balancer.node(n) }),
    );
    return Promise.all(calls);
  }

  /** One guess at a node of the caller's choice, ready or not. */
  checkAt(at: ChaosNode, typed: Typed): Promise<Call> {
    return this.caller.once({ ...this.checkRequest(typed, null), at });
  }

  resend(): Promise<Call> {
    return this.caller.insist(this.request('resend', '/resend', {}));
  }

  cancel(): Promise<Call> {
    return this.caller.insist(this.request('cancel', '/cancel', {}));
  }

  read(): Promise<Call> {
    return this.caller.insist(this.request('read', ''));
  }

  /** Somebody else sends reports about this login's messages, without the carrier's knowledge of where they go. */
  forgeReports(): void {
    const { carrier, reporter } = this.around;
    for (const message of carrier.givenTo(this.person.phone)) {
      const path = carrier.callbackPath(message.attemptId);
      if (path === undefined) continue;
      for (const forged of forgeriesOf(path, this.person.random))
        reporter.send({ message, manner: 'forged', receipt: '', ...forged }, 0);
    }
  }

  /** The same person at another application, at the same time. */
  elsewhere(tenant: Tenant): Login {
    return new Login({ ...this.person, tenant }, this.around);
  }

  /** This login for another application that has got hold of its id. */
  asSeenBy(tenant: Tenant): Login {
    const other = this.elsewhere(tenant);
    other.id = this.id;
    return other;
  }

  /** @returns false when traffic ended meanwhile. */
  async pause(ms: number): Promise<boolean> {
    await sleep(ms, undefined, { signal: this.around.over }).catch(() => undefined);
    return !this.around.over.aborted;
  }

  /** A name for a request of a careful application; null for one that gives none. */
  key(): string | null {
    this.keys += 1;
    const { number, careful } = this.person;
    return careful ? `person-${String(number)}-${String(this.keys)}` : null;
  }

  /** What reached the person because of this login. Another application writes its own name. */
  seen(): TakenMessage[] {
    const { phone, email, tenant } = this.person;
    return [phone, email ?? '']
      .flatMap((to) => this.around.carrier.givenTo(to))
      .filter(({ shown, atMs, text }) => shown && atMs >= this.startedAtMs && text.includes(` your ${tenant.name} `))
      .sort((a, b) => a.atMs - b.atMs);
  }

  private startRequest({
    body,
    ip,
    phone,
    key,
  }: {
    body?: object;
    ip?: string;
    phone?: string;
    key?: string;
  }): Request {
    const { email } = this.person;
    const to = { phone: phone ?? this.person.phone, ...(email !== undefined && { email }) };
    return {
      ...{ kind: 'start', verificationId: null, to, ip: ip ?? null, typed: null, idempotencyKey: key ?? this.key() },
      ...{ path: '/v1/verifications', body: { to, ...(ip !== undefined && { endUser: { ip } }), ...body } },
    };
  }

  private checkRequest(typed: Typed, idempotencyKey: string | null): Request {
    return { ...this.request('check', '/checks', { code: typed.code }), typed, idempotencyKey };
  }

  private request(kind: Request['kind'], path: string, body?: object): Request {
    const { phone, email } = this.person;
    return {
      ...{ kind, verificationId: this.id, to: { phone, ...(email !== undefined && { email }) }, ip: null, typed: null },
      ...{ idempotencyKey: null, path: `/v1/verifications/${this.id}${path}`, ...(body && { body }) },
    };
  }
}
