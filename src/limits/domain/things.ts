import type { Bucket } from './bucket.js';
import { COOLDOWN_RULE } from './default-rules.js';
import type { LimitOn, Rule } from './rule.js';

/** A kind of thing that acts are counted for, with everything that is ever counted for it: one counter per thing. */
export interface Thing extends Pick<Rule, 'by' | 'scope'> {
  /** Its dimensions in one order, so that rules that name them in another share its counters: `country+ip`. */
  kind: string;
  buckets: Bucket[];
  /** The marks that each act carries here; empty when it does not count here. */
  marks: Record<LimitOn, string>;
  /** Names of the rules that count it, by what they count: they are skipped where an act lacks a dimension. */
  rules: Record<LimitOn, string[]>;
}

/** A send that a person asked for. A fallback does not carry it. */
export const ASKED_FOR = 'a';

/** A failure since the last success. */
export const IN_A_ROW = 'r';

/** What every failure carries. */
const FAILED = 'f';

/** An operator forgets both. */
export const ANY_FAILURE = FAILED + IN_A_ROW;

/** What has weight in a cap. */
export const WEIGHED = 'w';

const compiled = new WeakMap<readonly Rule[], readonly Thing[]>();

/**
 * What a set of rules counts, in their order. Worked out once for each array, so that rules cost nothing until they change, and
 * those of other applications nothing at all.
 */
export function thingsOf(rules: readonly Rule[]): readonly Thing[] {
  const things = compiled.get(rules) ?? compile(rules);
  compiled.set(rules, things);
  return things;
}

function compile(rules: readonly Rule[]): Thing[] {
  const things = new Map<string, Thing>();
  for (const rule of rules) {
    const by = [...rule.by].sort();
    const kind = by.join('+');
    const name = `${rule.scope} ${kind}`;
    const thing = things.get(name) ?? emptyThing({ kind, by, scope: rule.scope });
    things.set(name, thing);
    const mark = markOf(rule);
    thing.buckets.push(bucketOf(rule, mark));
    thing.rules[rule.on].push(rule.name);
    if (!thing.marks[rule.on].includes(mark)) thing.marks[rule.on] += mark;
  }
  return [...things.values()];
}

const emptyThing = (of: Pick<Thing, 'kind' | 'by' | 'scope'>): Thing => ({
  ...of,
  buckets: [],
  marks: { send: '', 'unsent-start': '', check: '', 'failed-check': '' },
  rules: { send: [], 'unsent-start': [], check: [], 'failed-check': [] },
});

const bucketOf = ({ name, max, windowSeconds, mode }: Rule, mark: string): Bucket => ({
  ...{ rule: name, mark, max, windowMs: windowSeconds * 1_000 },
  ...(mode === 'shadow' && { shadow: true }),
});

function markOf({ name, on, clearedBySuccess }: Rule): string {
  if (clearedBySuccess) return IN_A_ROW;
  if (name === COOLDOWN_RULE && on === 'send') return ASKED_FOR;
  return { send: 's', 'unsent-start': 'u', check: 'c', 'failed-check': FAILED }[on];
}
