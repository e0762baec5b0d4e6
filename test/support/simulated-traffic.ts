import { MemoryBreakers } from '../../src/fraud/adapters/memory-breakers.js';
import { MemoryWatchedSends } from '../../src/fraud/adapters/memory-watched-sends.js';
import { JudgeSend, type JudgedSend } from '../../src/fraud/application/judge-send.js';
import { TripRecord, WatchedApplications, WatchedNames } from '../../src/fraud/application/ports.js';
import { TellTrips } from '../../src/fraud/application/tell-trips.js';
import { WatchSend } from '../../src/fraud/application/watch-send.js';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import { Clock } from '../../src/shared/clock.js';

/** Somebody who asks for a message now and then. */
export interface Crowd {
  /** Messages in a second. */
  rate: number;
  country: () => string;
  number: (country: string) => string;
  ip: () => string;
  /** Each starts by e-mail, and asks for the same code by SMS. */
  emailFirst?: true;
  /** Seconds until the code is typed in, or null when it never is. */
  typesAfter: () => number | null;
}

export interface Tally {
  asked: number;
  refused: number;
  /** What refused how many. */
  by: Record<string, number>;
}

class SetClock extends Clock {
  readonly offsetMs = 0;
  ms = Date.UTC(2026, 0, 1);
  now = () => this.ms;
}
class PlainNames extends WatchedNames {
  of = (text: string) => text;
}
class OneApplication extends WatchedApplications {
  ids = () => Promise.resolve(['app']);
  settingsOf = () => Promise.resolve({ detectors: DEFAULT_DETECTORS, codeLifeMs: 300_000 });
}
export class HeardTrips extends TripRecord {
  audit = () => Promise.resolve();
  readonly events: { type: string; payload: Record<string, unknown> }[] = [];
  tell(event: { type: string; payload: Record<string, unknown> }) {
    this.events.push(event);
    return Promise.resolve();
  }
}

/** Numbers that look random and are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets crowds ask for messages for some minutes, before the detectors as they are set by default. */
export async function simulate<Name extends string>(
  crowds: Record<Name, Crowd>,
  minutes: number,
  told = new HeardTrips(),
): Promise<Record<Name, Tally>> {
  const clock = new SetClock();
  const applications = new OneApplication();
  const watchSend = new WatchSend(applications, new PlainNames());
  const sends = new MemoryWatchedSends(new MemoryBreakers(clock));
  const judgeSend = new JudgeSend(applications, watchSend, sends, new TellTrips(told));
  const names = Object.keys(crowds) as Name[];
  const tallies = Object.fromEntries(
    names.map((name) => [name, { asked: 0, refused: 0, by: {} }]),
  ) as unknown as Record<Name, Tally>;
  const typing = new Map<number, JudgedSend[]>();
  for (let second = 0; second < minutes * 60; second += 1, clock.ms += 1_000) {
    for (const send of typing.get(second) ?? []) await judgeSend.approved(send);
    typing.delete(second);
    for (const name of names) {
      const crowd = crowds[name];
      const due = Math.floor((second + 1) * crowd.rate) - Math.floor(second * crowd.rate);
      for (let n = 0; n < due; n += 1) {
        const send = sendOf(crowd, `${name}${String(tallies[name].asked)}`);
        if (crowd.emailFirst) await judgeSend.count(byEmail(send));
        const judgement = await judgeSend.count(send);
        tell(tallies[name], judgement.kind === 'refused' ? judgement.reasons : []);
        const after = judgement.kind === 'refused' ? null : crowd.typesAfter();
        if (after !== null) typing.set(second + after, [...(typing.get(second + after) ?? []), send]);
      }
    }
  }
  return tallies;
}

function sendOf(crowd: Crowd, id: string): JudgedSend {
  const country = crowd.country();
  const address = { kind: 'phone' as const, value: crowd.number(country), country };
  return {
    ...{ applicationId: 'app', verificationId: `ver_${id}`, deliveryId: `dlv_${id}`, channel: 'sms', safe: false },
    address,
    requester: { ip: crowd.ip() },
  };
}

const byEmail = (send: JudgedSend): JudgedSend => ({
  ...send,
  ...{ deliveryId: `${send.deliveryId}_email`, channel: 'email' },
  address: { kind: 'email', value: 'someone@example.com' },
});

function tell(tally: Tally, reasons: string[]): void {
  tally.asked += 1;
  if (reasons.length > 0) tally.refused += 1;
  for (const reason of reasons) tally.by[reason] = (tally.by[reason] ?? 0) + 1;
}
