import type { Counter, CounterGroup } from './bucket.js';
import type { Cap, Dimension, Dimensions, LimitOn, Rule } from './rule.js';
import { thingKey } from './thing-key.js';
import { ASKED_FOR, thingsOf, WEIGHED, type Thing } from './things.js';

export interface TakeOptions {
  /** Whether the short rule between two sends applies. Default true; false for a fallback, which nobody asked for. */
  cooldown?: boolean;
  /** Whose failure budget must have room as well, though nothing is counted in it: a locked recipient is sent no code (R22). */
  unlessLocked?: Dimensions;
  /**
   * Whether others take under the same reservation. Where no answer comes back it stays counted then, since it may be theirs.
   */
  sharedReservation?: boolean;
  /** The verification the act is about, for the record of decisions. */
  verificationId?: string | undefined;
  /** Over which channel a send goes, or which factor a guess is at, for the same record. */
  channel?: string;
  /**
   * What the act weighs, and how much of it the application may have; taken all or none with the rules. To give an act back,
   * only the names matter: its weight is known.
   */
  caps?: readonly Cap[];
}

/**
 * The counters of one act, in groups. The application's own come first; a global rule's are a group by themselves for each
 * thing counted, because applications whose other counters live elsewhere share them.
 *
 * @param rules the same array until they change: what they count is worked out once for each.
 * @throws 400 `invalid-request` when `dimensions.ip` is not an address.
 */
export function countersFor(
  rules: readonly Rule[],
  on: LimitOn,
  dimensions: Dimensions,
  { cooldown = true, unlessLocked, caps = [] }: TakeOptions = {},
): CounterGroup[] {
  const groups: CounterGroup[] = [];
  for (const thing of thingsOf(rules)) {
    const counts = cooldown ? thing.marks[on] : thing.marks[on].replace(ASKED_FOR, '');
    const counter = counts === '' ? null : counterOf(thing, dimensions, groups);
    if (counter) counter.counts = counts;
    const needsRoom = thing.marks['failed-check'];
    const locking = unlessLocked && needsRoom !== '' ? counterOf(thing, unlessLocked, groups) : null;
    if (locking) locking.needsRoom = needsRoom;
  }
  if (caps.length > 0) groupOf(dimensions.applicationId, groups).counters.push(...caps.map(cappedBy));
  return groups.sort((a, b) => rank(a, dimensions) - rank(b, dimensions));
}

/**
 * Names of the rules that would count an act, had it the dimensions they count by. A guess is at a code that was sent or at a
 * factor's: what counts the one is not missed where it is the other.
 */
export function skippedRules(rules: readonly Rule[], on: LimitOn, dimensions: Dimensions): string[] {
  const notMeant: readonly Dimension[] = dimensions.factor === undefined ? ['factor'] : ['recipient', 'subject'];
  return thingsOf(rules).flatMap((thing) => {
    const isSkipped = thing.rules[on].length > 0 && thingKey(thing.by, dimensions) === null;
    return isSkipped && !thing.by.some((dimension) => notMeant.includes(dimension)) ? thing.rules[on] : [];
  });
}

const rank = ({ tag }: CounterGroup, { applicationId }: Dimensions) => (tag === applicationId ? 0 : 1);

/** The thing's counter in its group, both added where they are missing. Null where the act lacks one of its dimensions. */
function counterOf(
  { by, kind, scope, buckets }: Thing,
  dimensions: Dimensions,
  groups: CounterGroup[],
): Counter | null {
  const key = thingKey(by, dimensions);
  if (key === null) return null;
  const { counters } = groupOf(scope === 'application' ? dimensions.applicationId : key, groups);
  let counter = counters.find((other) => other.key === key);
  if (!counter) counters.push((counter = { key, kind, buckets, counts: '', needsRoom: '' }));
  return counter;
}

function groupOf(tag: string, groups: CounterGroup[]): CounterGroup {
  let group = groups.find((other) => other.tag === tag);
  if (!group) groups.push((group = { tag, counters: [] }));
  return group;
}

/** A cap is a thing by itself: acts that come without it, from before it was set, leave it as it is. */
export function cappedBy({ name, max, windowSeconds, weight, mode }: Cap): Counter {
  const key = `cap:${name}`;
  const shadow = mode === 'shadow' && ({ shadow: true } as const);
  const bucket = { rule: name, mark: WEIGHED, max, windowMs: windowSeconds * 1_000, weight, ...shadow };
  return { key, kind: key, buckets: [bucket], counts: WEIGHED, needsRoom: '' };
}
