import type { RuleOrder } from './owned-rule.js';
import { isReservedName } from './rail-rules.js';
import { LIMITED_ACTS, type LimitOn } from './rule.js';

/** What is wrong with which part of a rule; `path` as in the request, `by.1`. */
interface RuleProblem {
  path: (string | number)[];
  message: string;
}

const LARGEST_MAX = 1_000_000;
const LONGEST_WINDOW_SECONDS = 366 * 86_400;
const MOST_DIMENSIONS = 3;
const RULE_NAME = /^[a-z][a-z0-9-]{1,63}$/;

const NAMED = [
  'recipient',
  'recipientPrefix',
  'country',
  'ip',
  'ipPrefix',
  'apiKey',
  'application',
  'subject',
  'factor',
  'device',
];
/** The applications' own dimensions, as a start or a check may name them in `limitKeys`. */
const CUSTOM = /^custom:(?!(?:constructor|prototype)$)[a-z][A-Za-z0-9_-]{0,31}$/;

/** What is not known of an act when it is counted: a rule that counted by it would never hold. */
const UNKNOWN: Partial<Record<string, string[]>> = {
  send: ['factor'],
  'unsent-start': ['recipient', 'recipientPrefix', 'country', 'factor'],
  check: ['recipient', 'recipientPrefix', 'country', 'factor'],
  'failed-check': ['recipientPrefix', 'country'],
};

/** The order in which dimensions are shown, and rules by them. */
export const dimensionOrder = (dimension: string): number =>
  NAMED.includes(dimension) ? NAMED.indexOf(dimension) : NAMED.length;

/** A rule whose dimensions may be any words. */
type Unchecked = Omit<RuleOrder, 'by' | 'note'> & { by: readonly string[] };

/** Everything that is wrong with a rule by itself: the rails for values (R79). Empty when it is sound. */
export function problemsOf({ name, on, by, max, windowSeconds }: Unchecked): RuleProblem[] {
  const problems: RuleProblem[] = by.flatMap((dimension, i) => {
    const message = problemOfDimension(dimension, by.indexOf(dimension) < i, on);
    return message === null ? [] : [{ path: ['by', i], message }];
  });
  const say = (wrong: boolean, path: string, message: string) => wrong && problems.push({ path: [path], message });
  say(UNKNOWN[on] === undefined, 'on', `is one of ${LIMITED_ACTS.join(', ')}`);
  say(!RULE_NAME.test(name), 'name', 'is 2 to 64 small letters, digits and hyphens, a letter first');
  say(isReservedName(name), 'name', 'begins with rail- or verification-, which is kept for rules of our own');
  say(by.length < 1 || by.length > MOST_DIMENSIONS, 'by', 'names one to three dimensions');
  say(
    by.includes('factor') && by.some(ofSentCodes),
    'by',
    'names a factor beside a recipient or subject: no guess has both',
  );
  say(!isWithin(max, LARGEST_MAX), 'max', 'is a whole number from 1 to 1,000,000');
  say(!isWithin(windowSeconds, LONGEST_WINDOW_SECONDS), 'windowSeconds', 'is 1 second to 366 days (31,622,400)');
  return problems;
}

function problemOfDimension(dimension: string, isDuplicate: boolean, on: LimitOn): string | null {
  if (!NAMED.includes(dimension) && !CUSTOM.test(dimension)) return `is none of ${NAMED.join(', ')}, custom:<name>`;
  if (isDuplicate) return 'is named twice';
  return UNKNOWN[on]?.includes(dimension) ? `is not known when a ${on} is counted` : null;
}

/** A guess at a factor counts for neither. */
const ofSentCodes = (dimension: string) => dimension === 'recipient' || dimension === 'subject';

const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
