import { Seeded } from '../../chaos/seeded.js';
import type { Channel } from '../../src/shared/channel.js';
import { between } from './draws.js';
import { fateOfCall, fateOfMail, fateOfText, type Fate, type ScriptedReport } from './fate.js';
import { LIFE_MS, type Policy } from './policies.js';
import type { Person } from './people.js';

/** Where journeys take place. */
export interface Surroundings {
  at: (atMs: number, who: string, act: () => Promise<void>) => void;
  /** @param who whose server asks. */
  ask: (
    policy: Policy,
    path: string,
    body: object,
  ) => Promise<{ status: number; headers: Headers; body: { id?: string } }>;
  report: (channel: Channel, report: ScriptedReport, path: string) => Promise<void>;
}

/** Written, and spoken. */
const CODE = /\b\d{6}(?= is your )|(?<=code is )\d{6}/;
const MOST_PRESSES = 3;
const TYPING_ERRORS = 0.03;
const CORRECTING_MS = 6_000;

/** One person's login under one policy: what reaches them, and what they do about it. */
export class Journey {
  /** Since the start; null: never. */
  inHandMs: number | null = null;
  approved = false;
  /** Handed over to a carrier, whatever came of them. */
  messages = 0;
  /** Of these, handed over while the person had a code in hand. */
  needless = 0;
  /** Answers that should not have been given. */
  readonly surprises: string[] = [];
  readonly phone: string;
  readonly email: string | null;
  private readonly seeded: Seeded;
  private readonly handed = { sms: 0, voice: 0, email: 0 };
  private id = '';
  private code = '';
  private presses = 0;
  private nowMs = 0;

  /** @param place of the policy: under each, people have numbers of their own, so that one does not count in another's limits. */
  constructor(
    readonly person: Person,
    readonly policy: Policy,
    place: number,
    seed: number,
    private readonly around: Surroundings,
  ) {
    const { number, mailbox } = person;
    // Each in another block of ten thousand than the one before, as people are; and never an ending by which the sandbox's voice
    // line would do something of its own.
    const block = String(number % 1_000).padStart(3, '0');
    this.phone = `+49151${String(place)}${block}${String(100 + Math.floor(number / 1_000))}7`;
    const name = `${mailbox === 'dead' ? 'hard' : 'person'}-${String(place)}-${String(number)}`;
    this.email = mailbox === 'none' ? null : `${name}@example.org`;
    this.seeded = Seeded.from(seed).of(`fate ${String(number)}`);
    this.later(person.startsAtMs, () => this.start());
  }

  /** The second has come: what is not at a moment of its own happens at its beginning. */
  notBefore(ms: number): void {
    this.nowMs = Math.max(this.nowMs, ms);
  }

  /** A message of theirs is with the carrier. @returns how its submit is answered. */
  hand(channel: Channel, text: string, reportPath: string | null): Fate['submit'] {
    const fate = this.fateOfNext(channel);
    if (fate.submit === 'throttled') return 'throttled';
    if (fate.submit === 'refused' && this.policy.hears) return 'refused';
    this.messages += 1;
    if (this.inHandMs !== null) this.needless += 1;
    if (fate.inHandAfterMs !== null)
      this.later(this.nowMs + fate.inHandAfterMs, () => this.hold(CODE.exec(text)?.[0] ?? ''));
    if (reportPath !== null && this.policy.hears)
      for (const report of fate.reports)
        this.later(this.nowMs + report.afterMs, () => this.around.report(channel, report, reportPath));
    return fate.submit === 'refused' ? 'accepted' : fate.submit;
  }

  private fateOfNext(channel: Channel): Fate {
    this.handed[channel] += 1;
    const seeded = this.seeded.of(`${channel} ${String(this.handed[channel])}`);
    switch (channel) {
      case 'sms':
        return fateOfText(this.person, this.handed.sms, seeded);
      case 'voice':
        return fateOfCall(this.person, seeded);
      case 'email':
        return fateOfMail(this.person, seeded);
    }
  }

  private async start(): Promise<void> {
    const to = { phone: this.phone, ...(this.email !== null && { email: this.email }) };
    const { status, body } = await this.around.ask(this.policy, '/v1/verifications', { to });
    this.id = body.id ?? '';
    if (status !== 202) this.surprises.push(`start: ${String(status)}`);
    if (this.policy.button !== 'none') this.later(this.nowMs + this.person.patienceMs, () => this.press());
  }

  private hold(code: string): Promise<void> {
    if (this.over || this.approved) return Promise.resolve();
    if (this.inHandMs === null) {
      this.inHandMs = this.nowMs - this.person.startsAtMs;
      const seeded = this.seeded.of('typing');
      const mistyped = seeded.chance(TYPING_ERRORS);
      this.later(this.nowMs + between(seeded, 4_000, 12_000), () => this.type(mistyped));
    }
    this.code = code;
    return Promise.resolve();
  }

  private async type(mistyped: boolean): Promise<void> {
    if (this.over) return;
    const last = (Number(this.code.at(-1)) + (mistyped ? 1 : 0)) % 10;
    const code = `${this.code.slice(0, -1)}${String(last)}`;
    const { status, headers } = await this.around.ask(this.policy, `/v1/verifications/${this.id}/checks`, { code });
    // Asked again, as an application does: under all policies people type at the same moment, more than one service has room for.
    const retryAfter = headers.get('retry-after');
    if (status === 503 && retryAfter !== null) {
      this.later(this.nowMs + Number(retryAfter) * 1_000, () => this.type(mistyped));
      return;
    }
    if (mistyped) this.later(this.nowMs + CORRECTING_MS, () => this.type(false));
    else this.approved = status === 200;
    if (status !== (mistyped ? 422 : 200)) this.surprises.push(`check: ${String(status)}`);
  }

  private async press(): Promise<void> {
    if (this.inHandMs !== null || this.over) return;
    const body = { channel: this.asked() };
    const { status, headers } = await this.around.ask(this.policy, `/v1/verifications/${this.id}/resend`, body);
    const retryAfter = headers.get('retry-after');
    if (status === 429 && retryAfter !== null) this.later(this.nowMs + Number(retryAfter) * 1_000, () => this.press());
    if (status !== 202) return;
    this.presses += 1;
    if (this.presses < MOST_PRESSES) this.later(this.nowMs + this.person.patienceMs, () => this.press());
  }

  private asked(): Channel {
    switch (this.policy.button) {
      case 'none':
      case 'same':
        return 'sms';
      case 'next':
        return this.channels.find((channel) => this.handed[channel] === 0) ?? 'sms';
      case 'choice':
        return this.choice();
    }
  }

  /** Those of the plan for which they have an address. */
  private get channels(): Channel[] {
    return this.policy.plan.filter((channel) => channel !== 'email' || this.email !== null);
  }

  /** What they would rather have, then what else there is. Who sees that the phone has no signal asks for mail. */
  private choice(): Channel {
    const { picksUp, line } = this.person;
    const call: Channel[] = picksUp ? ['voice'] : [];
    const mail: Channel[] = this.email !== null ? ['email'] : [];
    const wishes: Channel[] = line === 'off' ? [...mail, ...call] : [...call, ...mail];
    return wishes[this.presses % Math.max(1, wishes.length)] ?? 'sms';
  }

  private get over(): boolean {
    return this.nowMs - this.person.startsAtMs >= LIFE_MS;
  }

  private later(atMs: number, act: () => Promise<void>): void {
    this.around.at(atMs, this.phone, () => {
      this.nowMs = Math.max(this.nowMs, atMs);
      return act();
    });
  }
}
