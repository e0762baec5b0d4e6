import { oathCode } from '../../test/support/oathtool.js';
import type { Call, Typed } from '../history/conversations.js';
import { Caller, type Request } from './caller.js';
import type { Login } from './login.js';

/** Every authenticator of a run: hardly two of so many codes are equal, and a code lives longer than most faults. */
const TOTP = { digits: 8, period: 60 } as const;
const PERIOD_MS = TOTP.period * 1_000;

/** Somebody with an authenticator and backup codes: what the application's server calls, and what the person sees and types. */
export class Enrolled {
  private constructor(
    private readonly login: Login,
    private readonly caller: Caller,
    private readonly authenticator: { id: string; secret: string; activatedInStep: number },
    readonly backupCodes: string[],
  ) {}

  /** @returns null when nothing came of the enrolment: its answers are shown once, and may be lost in a fault. */
  static async begin(login: Login): Promise<Enrolled | null> {
    const { person, around } = login;
    const caller = new Caller(person, around.balancer, around.journal);
    const body = { subject: subjectOf(login), ...TOTP };
    const enrolment = await caller.insist({ ...request('enrol', '/v1/factors'), body });
    if (enrolment.answer.kind === 'none' || enrolment.answer.status !== 201) return null;
    const { id = '', secret = '' } = enrolment.answer.body;
    const step = Math.floor(Date.now() / PERIOD_MS);
    const one = new Enrolled(login, caller, { id, secret, activatedInStep: step }, []);
    const typed = await one.codeOfStep(step);
    const path = `/v1/factors/${id}/activate`;
    const { answer } = await caller.insist({ ...request('activate', path), typed, body: { code: typed.code } });
    if (answer.kind === 'none' || answer.status !== 200) return null;
    one.backupCodes.push(...(answer.body.backupCodes ?? []));
    return one;
  }

  /** The code that ended the enrolment, which lets nobody in. */
  firstCode(): Promise<Typed> {
    return this.codeOfStep(this.authenticator.activatedInStep);
  }

  /** The next code after it. */
  nextCode(): Promise<Typed> {
    return this.codeOfStep(this.authenticator.activatedInStep + 1);
  }

  backupCode(nth: number): Typed {
    const of = `the codes of person ${String(this.login.person.number)}`;
    return {
      ...{ code: this.backupCodes[nth] ?? '', kind: 'right', factor: { channel: 'backup-code', of, step: null } },
    };
  }

  /** Several logins of the person at once. @returns the ids of those that were accepted */
  async start(channel: string, logins: number): Promise<string[]> {
    const body = { subject: subjectOf(this.login), channels: [channel] };
    const calls = Array.from({ length: logins }, () =>
      this.caller.insist({ ...request('start', '/v1/verifications'), idempotencyKey: crypto.randomUUID(), body }),
    );
    return (await Promise.all(calls)).flatMap(({ verificationId }) => verificationId ?? []);
  }

  /** The same code at several logins at once, twice at each, at the nodes in turn. */
  async race(ids: string[], typed: Typed): Promise<void> {
    const node = (n: number) => this.login.around.balancer.node(n);
    const twice = [...ids, ...ids.toReversed()];
    await Promise.all(twice.map((id, n) => this.caller.once({ ...this.checkOf(id, typed), at: node(n) })));
  }

  check(id: string, typed: Typed): Promise<Call> {
    return this.caller.insist({ ...this.checkOf(id, typed), idempotencyKey: crypto.randomUUID() });
  }

  private checkOf(id: string, typed: Typed): Request {
    const body = { code: typed.code, channel: typed.factor?.channel, subject: subjectOf(this.login) };
    return { ...request('check', `/v1/verifications/${id}/checks`), verificationId: id, typed, body };
  }

  private async codeOfStep(number: number): Promise<Typed> {
    const { id, secret } = this.authenticator;
    const fromMs = number * PERIOD_MS - this.login.around.journal.epochMs;
    const step = { number, rightFromMs: fromMs - PERIOD_MS, rightUntilMs: fromMs + 2 * PERIOD_MS };
    const code = await oathCode({ secret, ...TOTP }, number * PERIOD_MS);
    return { code, kind: 'right', factor: { channel: 'totp', of: id, step } };
  }
}

const subjectOf = ({ person }: Login) => `person-${String(person.number)}`;

const request = (kind: Request['kind'], path: string): Request => ({
  ...{ kind, path, verificationId: null, to: {}, ip: null, typed: null, idempotencyKey: null },
});
