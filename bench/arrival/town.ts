import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxMessage } from '../../src/sandbox/inbox.js';
import type { MailServer } from '../../test/support/mail-server.js';
import type { Service } from '../../test/support/service.js';
import type { WorldClock } from '../../test/support/world-clock.js';
import type { Carrier } from './carrier.js';
import type { Journey, Surroundings } from './journey.js';
import { LIFE_MS, type Policy } from './policies.js';
import { reportRequest } from './report-request.js';
import type { StoppedClock } from './stopped-clock.js';
import { Timetable } from './timetable.js';

/** What is due now, when something will be, and how many calls the voice line has begun. */
const STATE = `
  SELECT (SELECT count(*)::int FROM deliveries WHERE due_at <= now()) AS due,
    (SELECT min(due_at) FROM deliveries WHERE due_at > now()) AS next,
    (SELECT count(*)::int FROM send_attempts WHERE provider_id = 'line' AND status = 'accepted') AS calls`;
interface State {
  due: number;
  next: Date | null;
  calls: number;
}

export interface Parts {
  service: Service;
  clock: StoppedClock;
  stores: WorldClock;
  carrier: Carrier;
  mail: MailServer;
  /** API keys by policy. */
  keys: Map<Policy, string>;
}

/** Plays everybody's journey against the service: sets the clock to the next moment, lets it happen, waits until all is quiet. */
export class Town implements Surroundings {
  private readonly timetable = new Timetable();
  private readonly byAddress = new Map<string, Journey>();
  private mailsSeen = 0;

  constructor(private readonly parts: Parts) {
    parts.carrier.listen({
      onText: (phone, text, path) => this.byAddress.get(phone)?.hand('sms', text, path) ?? 'refused',
      onCall: (attemptId, path) => this.call(attemptId, path),
    });
  }

  at(...entry: Parameters<Surroundings['at']>): void {
    this.timetable.at(...entry);
  }

  ask(policy: Policy, path: string, body: object) {
    const key = this.parts.keys.get(policy) ?? '';
    return this.parts.service.call<{ id?: string }>('POST', path, { key, body });
  }

  async report(...[channel, report, path]: Parameters<Surroundings['report']>): Promise<void> {
    const { method, query, body } = reportRequest(channel, report);
    const { status } = await this.parts.service.call(method, path + query, { body });
    if (status !== 200) throw new Error(`a report was answered ${String(status)}`);
  }

  /** Until the last code's life is over. */
  async play(journeys: Journey[]): Promise<void> {
    for (const journey of journeys)
      for (const address of [journey.phone, journey.email]) if (address !== null) this.byAddress.set(address, journey);
    const end = Math.max(...journeys.map(({ person }) => person.startsAtMs + LIFE_MS)) / 1_000;
    for (let second = await this.nextSecond(); second <= end; second = await this.nextSecond()) {
      await this.parts.clock.set(second);
      for (const journey of journeys) journey.notBefore(second * 1_000);
      if ((await this.state()).due > 0) await this.parts.stores.wakeWorkers();
      await this.untilQuiet();
      for (let round = this.timetable.takeRound(second); round.length > 0; round = this.timetable.takeRound(second)) {
        await Promise.all(round.map(({ act }) => act()));
        await this.untilQuiet();
      }
    }
  }

  /** The next moment at which people, the carrier or the service have something to do. */
  private async nextSecond(): Promise<number> {
    const { next } = await this.state();
    const theirs = this.timetable.next() ?? Infinity;
    return Math.min(theirs, next === null ? Infinity : this.parts.clock.secondOf(next));
  }

  /** Nothing is due, nothing under way, and everything sent has been received. */
  private async untilQuiet(): Promise<void> {
    for (;;) {
      const { due, calls } = await this.state();
      if (due === 0 && calls === this.parts.carrier.calls) break;
      await sleep(2);
    }
    const mails = this.parts.mail.messages();
    for (const { to, raw } of mails.slice(this.mailsSeen)) this.byAddress.get(to[0] ?? '')?.hand('email', raw, null);
    this.mailsSeen = mails.length;
  }

  private async call(attemptId: string, path: string): Promise<void> {
    const { body } = await this.parts.service.call<{ messages: InboxMessage[] }>('GET', '/sandbox/messages');
    const message = body.messages.find(({ id }) => id === attemptId);
    if (!message) throw new Error(`nobody called by ${attemptId}`);
    this.byAddress.get(message.to)?.hand('voice', message.text, path);
  }

  private async state(): Promise<State> {
    const [state] = await this.parts.stores.rows<State>(STATE);
    if (!state) throw new Error('the ledger does not answer');
    return state;
  }
}
