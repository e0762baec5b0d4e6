import type { Bucket } from './bucket.js';
import { COOLDOWN_RULE } from './default-rules.js';
import type { LimitOn, Rule } from './rule.js';

/** A kind of thing that acts are counted for, with everything that is ever counted for it: one counter per thing. */
export interface Thing extends Pick<Rule, 'by' | 'scope'> {
  buckets: Bucket[];
  /** The marks that each act carries here; empty when it does not count here. */
  marks: Record<LimitOn, string>;
}

/** A send that a person asked for. A fallback does not carry it. */
export const ASKED_FOR = 'a';

/** A failure since the last success. */
export const IN_A_ROW = 'r';

/** What every failure carries. */
const FAILED = 'f';

/** An operator forgets both. */
export const ANY_FAILURE = FAILED + IN_A_ROW;

const compiled = new WeakMap<readonly Rule[], Thing[]>();

/** What a set of rules counts, in their order. Worked out once for each array. */
export function thingsOf(rules: readonly Rule[]): readonly Thing[] {
  const known = compiled.get(rules);
  if (known) return known;
  const things: Thing[] = [];
  for (const rule of rules) {
    let thing = things.find(({ by, scope }) => by.join() === rule.by.join() && scope === rule.scope);
    if (!thing) things.push((thing = { ...rule, buckets: [], marks: { send: '', check: '', 'failed-check': '' } }));
    const mark = markOf(rule);
    thing.buckets.push({ rule: rule.name, mark, max: rule.max, windowMs: rule.windowSeconds * 1_000 });
    if (!thing.marks[rule.on].includes(mark)) thing.marks[rule.on] += mark;
  }
  compiled.set(rules, things);
  return things;
}

function markOf({ name, on, clearedBySuccess }: Rule): string {
  if (clearedBySuccess) return IN_A_ROW;
  if (name === COOLDOWN_RULE) return ASKED_FOR;
  return { send: 's', check: 'c', 'failed-check': FAILED }[on];
}
