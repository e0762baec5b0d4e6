import type { Rule } from './rule.js';

const DAY = 86_400;

/** NIST SP 800-63B 3.2.2: 100 failures in a row, after which an operator must unlock (or a year passes). */
const inARow = (by: 'recipient' | 'subject' | 'factor'): Rule => ({
  ...{ name: `${by}-failures-in-a-row`, on: 'failed-check', by: [by], scope: 'application', mode: 'enforce' },
  ...{ max: 100, windowSeconds: 365 * DAY, clearedBySuccess: true },
});

/**
 * The rules that hold whatever anybody sets: nobody changes them, switches them off or stands in for them (R79). However far the
 * others are loosened, by mistake or on purpose, no more than this gets through.
 */
export const RAIL_RULES: readonly Rule[] = [
  {
    ...{ name: 'rail-recipient-day-everywhere', on: 'send', by: ['recipient'], scope: 'global', mode: 'enforce' },
    ...{ max: 50, windowSeconds: DAY },
  },
  {
    ...{ name: 'rail-recipient-failures-day', on: 'failed-check', by: ['recipient'], scope: 'application' },
    ...{ max: 100, windowSeconds: DAY, mode: 'enforce' },
  },
  inARow('recipient'),
  inARow('subject'),
  inARow('factor'),
];

export const isRail = (name: string): boolean => RAIL_RULES.some((rail) => rail.name === name);

/** Beginnings of names that are the code's own: rules there are, and those that may come. */
export const isReservedName = (name: string): boolean => /^(rail|verification)-/.test(name);
