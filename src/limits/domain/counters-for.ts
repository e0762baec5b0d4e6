import { invalidRequest } from '../../shared/refusals.js';
import type { Counter, CounterGroup } from './bucket.js';
import { ipKey } from './ip-key.js';
import type { Cap, Dimensions, LimitOn, Rule } from './rule.js';
import { ASKED_FOR, thingsOf, type Thing } from './things.js';

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
  verificationId?: string;
  /** Over which channel a send goes, for the same record. */
  channel?: string;
  /** What the act weighs, and how much of it the application may have; taken all or none with the rules. */
  caps?: readonly Cap[];
}

/**
 * The counters of one act, in groups. The application's own come first; a global rule's are a group by themselves for each
 * thing counted, because applications whose other counters live elsewhere share them.
 *
 * @throws 400 `invalid-request` when `dimensions.ip` is not an address: to skip its rules would be a way around them.
 */
export function countersFor(
  rules: readonly Rule[],
  on: LimitOn,
  dimensions: Dimensions,
  { cooldown = true, unlessLocked }: TakeOptions = {},
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
  return groups.sort((a, b) => rank(a, dimensions) - rank(b, dimensions));
}

const rank = ({ tag }: CounterGroup, { applicationId }: Dimensions) => (tag === applicationId ? 0 : 1);

/** The thing's counter in its group, both added where they are missing. Null where the act has no such dimension. */
function counterOf({ by, scope, buckets }: Thing, dimensions: Dimensions, groups: CounterGroup[]): Counter | null {
  const key = keyOf(by, dimensions);
  if (key === null) return null;
  const tag = scope === 'application' ? dimensions.applicationId : key;
  let group = groups.find((other) => other.tag === tag);
  if (!group) groups.push((group = { tag, counters: [] }));
  let counter = group.counters.find((other) => other.key === key);
  if (!counter) group.counters.push((counter = { key, buckets, counts: '', needsRoom: '' }));
  return counter;
}

/** What is counted, or null where the act has no such dimension. */
function keyOf([by]: Rule['by'], { recipient, subject, ip }: Dimensions): string | null {
  if (by === 'recipient') return recipient === undefined ? null : `recipient:${recipient}`;
  if (by === 'subject') return subject === undefined ? null : `subject:${subject}`;
  if (by !== 'ip' || ip === undefined) return null;
  const address = ipKey(ip);
  if (address === null) throw invalidRequest('The end user’s ip must be one IPv4 or IPv6 address.');
  return `ip:${address}`;
}
