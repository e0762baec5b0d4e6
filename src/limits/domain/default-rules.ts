import type { Rule } from './rule.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The short rule between two sends a person asked for. A fallback is nobody's impatience: it neither obeys nor feeds it. */
export const COOLDOWN_RULE = 'recipient-cooldown';

/** Against bombing one person and pumping from one place. 3 in 10 minutes is what carriers' own verify products allow. */
const SENDS: Rule[] = [
  {
    name: COOLDOWN_RULE,
    on: 'send',
    by: ['recipient'],
    scope: 'application',
    mode: 'enforce',
    max: 1,
    windowSeconds: 30,
  },
  {
    name: 'recipient-10-minutes',
    on: 'send',
    by: ['recipient'],
    scope: 'application',
    mode: 'enforce',
    max: 3,
    windowSeconds: 10 * MINUTE,
  },
  {
    name: 'recipient-hour',
    on: 'send',
    by: ['recipient'],
    scope: 'application',
    mode: 'enforce',
    max: 5,
    windowSeconds: HOUR,
  },
  {
    name: 'recipient-day',
    on: 'send',
    by: ['recipient'],
    scope: 'application',
    mode: 'enforce',
    max: 10,
    windowSeconds: DAY,
  },
  {
    name: 'recipient-day-everywhere',
    on: 'send',
    by: ['recipient'],
    scope: 'global',
    mode: 'enforce',
    max: 20,
    windowSeconds: DAY,
  },
  { name: 'ip-hour', on: 'send', by: ['ip'], scope: 'application', mode: 'enforce', max: 10, windowSeconds: HOUR },
];

/** Against one place guessing at the codes of many. */
const CHECKS: Rule[] = [
  {
    name: 'ip-checks-5-minutes',
    on: 'check',
    by: ['ip'],
    scope: 'application',
    mode: 'enforce',
    max: 30,
    windowSeconds: 5 * MINUTE,
  },
];

/**
 * The failure budget of a recipient, and of the application's user where it names one, whichever verification the guesses were
 * at. Success clears only the count in a row: NIST SP 800-63B 3.2.2 allows 100 consecutive failures, after which an operator
 * must unlock (or a year passes).
 */
const failedChecks = (by: 'recipient' | 'subject'): Rule[] => {
  const rule = { on: 'failed-check', by: [by], scope: 'application', mode: 'enforce' } as const;
  return [
    { ...rule, name: `${by}-failures-hour`, max: 10, windowSeconds: HOUR },
    { ...rule, name: `${by}-failures-day`, max: 25, windowSeconds: DAY },
    { ...rule, name: `${by}-failures-in-a-row`, max: 100, windowSeconds: 365 * DAY, clearedBySuccess: true },
  ];
};

export const DEFAULT_RULES: readonly Rule[] = [
  ...SENDS,
  ...CHECKS,
  ...failedChecks('recipient'),
  ...failedChecks('subject'),
];
