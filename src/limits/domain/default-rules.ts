import type { RuleOrder } from './owned-rule.js';
import { RAIL_RULES } from './rail-rules.js';
import type { Dimension, LimitOn, Rule } from './rule.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The short rule between two sends a person asked for. A fallback is nobody's impatience: it neither obeys nor feeds it. */
export const COOLDOWN_RULE = 'recipient-cooldown';

const counted = (on: LimitOn, dimension: Dimension) => ({
  ...({ on, by: [dimension], scope: 'application', mode: 'enforce', enabled: true, note: '' } as const),
});
const sends = counted('send', 'recipient');

/**
 * Rules that show pumping, and that would refuse a busy and honest application with these numbers. They are there to be tried: an
 * operator simulates them, or switches them on in shadow, and gives them numbers. Until then they cost nothing.
 */
const TO_BE_TRIED: RuleOrder[] = [
  {
    ...counted('send', 'recipientPrefix'),
    ...{ name: 'recipient-prefix-10-minutes', max: 10, windowSeconds: 10 * MINUTE, mode: 'shadow', enabled: false },
    note: 'Against numbers rented in blocks. Enforce it when its shadow refuses no logins that are approved later.',
  },
  {
    ...counted('send', 'country'),
    ...{ name: 'country-hour', max: 100, windowSeconds: HOUR, mode: 'shadow', enabled: false },
    note: 'Against pumping. Enforce it with about twice the sends of your busiest hour, or for one application.',
  },
];

/** The failure budget of a recipient, and of the application's user where it names one, whichever verification the guesses were at. */
const failures = (by: 'recipient' | 'subject'): RuleOrder[] => [
  { ...counted('failed-check', by), name: `${by}-failures-hour`, max: 10, windowSeconds: HOUR },
  { ...counted('failed-check', by), name: `${by}-failures-day`, max: 25, windowSeconds: DAY },
];

/**
 * The failure budget of a factor. 20 guesses a day at an authenticator of six digits, of whose codes three are good at a time, are
 * right once in 45 years; at one of five authenticators once in nine.
 */
const FACTOR_FAILURES: RuleOrder[] = [
  {
    ...counted('failed-check', 'factor'),
    ...{ name: 'factor-failures-15-minutes', max: 5, windowSeconds: 15 * MINUTE },
    note: 'Guesses at the authenticators of a person, or at the backup codes. Other factors, and codes that are sent, stay usable.',
  },
  { ...counted('failed-check', 'factor'), name: 'factor-failures-day', max: 20, windowSeconds: DAY },
];

/**
 * Starts for somebody who has a factor send nothing, so that no rule of sends counts them, and each writes a row. Who types one
 * code wrong or has two devices comes nowhere near; an office behind one address stays within what its checks may be.
 */
const UNSENT_STARTS: RuleOrder[] = [
  {
    ...counted('unsent-start', 'ip'),
    ...{ name: 'ip-starts-10-minutes', max: 100, windowSeconds: 10 * MINUTE },
    note: 'Verifications that send nothing at first, since the person has a factor; each is a row.',
  },
  { ...counted('unsent-start', 'subject'), name: 'subject-starts-10-minutes', max: 30, windowSeconds: 10 * MINUTE },
];

/**
 * What an installation begins with; from then on they are its own. Migrations wrote them into the ledger, so that to change one
 * here changes no installation that there is: that takes a migration too.
 */
export const SEEDED_RULES: readonly RuleOrder[] = [
  // Against bombing one person. 3 in 10 minutes is what carriers' own verify products allow.
  {
    ...sends,
    ...{ name: COOLDOWN_RULE, max: 1, windowSeconds: 30 },
    note: 'Between two sends that somebody asked for; a fallback neither waits for it nor counts in it.',
  },
  { ...sends, name: 'recipient-10-minutes', max: 3, windowSeconds: 10 * MINUTE },
  { ...sends, name: 'recipient-hour', max: 5, windowSeconds: HOUR },
  { ...sends, name: 'recipient-day', max: 10, windowSeconds: DAY },
  {
    ...sends,
    ...{ name: 'recipient-day-everywhere', scope: 'global', max: 20, windowSeconds: DAY },
    note: 'Across all applications: nobody is bombed by way of several.',
  },
  // Against pumping from one place, and against one place guessing at the codes of many.
  { ...counted('send', 'ip'), name: 'ip-hour', max: 10, windowSeconds: HOUR },
  ...TO_BE_TRIED,
  ...UNSENT_STARTS,
  { ...counted('check', 'ip'), name: 'ip-checks-5-minutes', max: 30, windowSeconds: 5 * MINUTE },
  ...failures('recipient'),
  ...failures('subject'),
  ...FACTOR_FAILURES,
];

/** What holds where nobody has changed anything. */
export const DEFAULT_RULES: readonly Rule[] = [...SEEDED_RULES.filter(({ enabled }) => enabled), ...RAIL_RULES];
