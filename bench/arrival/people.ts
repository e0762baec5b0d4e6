import { Seeded } from '../../chaos/seeded.js';
import type { Channel } from '../../src/shared/channel.js';
import { between, oneOf } from './draws.js';

/** What is behind a phone number. The number itself never tells: landlines are seen only by what the carrier reports. */
export type Line = 'mobile' | 'landline' | 'off' | 'unassigned';

/** What the way to a mobile does with our texts: lets them through, filters them with or without a word, refuses them at once. */
export type Route = 'open' | 'slow' | 'blocked' | 'swallowing' | 'refusing';

/** How a network reports. `lying`: delivered, as soon as it has the message and whatever becomes of it. */
export type Reporting = 'honest' | 'silent' | 'late' | 'contradictory' | 'repeating' | 'lying';

type Habit = 'texts' | 'only calls' | 'only mail';

/** Somebody who logs in, with everything that decides how a code can reach them. */
export interface Person {
  number: number;
  startsAtMs: number;
  line: Line;
  route: Route;
  reporting: Reporting;
  readsTexts: boolean;
  picksUp: boolean;
  /** `unread`: mail arrives where nobody looks. `dead`: the server refuses it. */
  mailbox: 'read' | 'unread' | 'dead' | 'none';
  /** Without a code for so long, they press the button that sends it again, and once more after each further such time. */
  patienceMs: number;
}

/** Everybody of a run; logins begin evenly spread over `overMs`. */
export function peopleOf(seed: number, howMany: number, overMs: number): Person[] {
  return Array.from({ length: howMany }, (_, number) => person(seed, number, (overMs * number) / howMany));
}

function person(seed: number, number: number, startsAtMs: number): Person {
  const seeded = Seeded.from(seed).of(`person ${String(number)}`);
  const line = oneOf<Line>(seeded, { landline: 0.025, off: 0.03, unassigned: 0.02 }, 'mobile');
  const route = oneOf<Route>(seeded, { slow: 0.03, blocked: 0.025, swallowing: 0.02, refusing: 0.01 }, 'open');
  const reporting = oneOf<Reporting>(
    seeded,
    { silent: 0.08, late: 0.05, contradictory: 0.03, repeating: 0.04, lying: 0.02 },
    'honest',
  );
  const habit = oneOf<Habit>(seeded, { 'only mail': 0.03, 'only calls': 0.03 }, 'texts');
  return {
    ...{ number, startsAtMs, line, route, reporting },
    readsTexts: habit === 'texts',
    picksUp: habit === 'only calls' || (habit === 'texts' && seeded.chance(0.75)),
    mailbox: oneOf<Person['mailbox']>(seeded, { none: 0.12, dead: 0.02, unread: 0.03 }, 'read'),
    patienceMs: between(seeded, 35_000, 90_000),
  };
}

/** Whether a message over this channel can be noticed at all. Chance may still lose a single one. */
export function canSee({ line, route, ...person }: Person, channel: Channel): boolean {
  switch (channel) {
    case 'sms':
      return line === 'mobile' && (route === 'open' || route === 'slow') && person.readsTexts;
    case 'voice':
      return (line === 'mobile' || line === 'landline') && person.picksUp;
    case 'email':
      return person.mailbox === 'read';
  }
}

/** Somebody whom no channel reaches can not be reached by any policy either. */
export const isReachable = (person: Person): boolean =>
  (['sms', 'voice', 'email'] as const).some((channel) => canSee(person, channel));
