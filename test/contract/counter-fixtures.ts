import type { Counters } from '../../src/limits/application/ports.js';
import type { Bucket, Counter } from '../../src/limits/domain/bucket.js';
import type { Clock } from '../../src/shared/clock.js';

export interface OpenCounters {
  counters: Counters;
  close: () => void;
}

export type OpensCounters = (clock: Clock) => Promise<OpenCounters>;

/** More than a test takes: how far from a boundary it stays when time must not have reached it yet. */
export const SLACK_MS = 5_000;
export const MINUTE = 60_000;
export const TAG = 'app_1';

let reservations = 0;
export const fresh = () => `r${String(reservations++)}`;

/** A window of a rule, whose acts carry the first letter of its name. */
export const bucket = (rule: string, max: number, windowMs: number): Bucket => ({
  ...{ rule, mark: rule.charAt(0), max, windowMs },
});

/** One thing, in whose buckets an act is counted. */
export const counter = (...buckets: Bucket[]): Counter => ({
  key: 'recipient:x',
  kind: 'recipient',
  buckets,
  counts: [...new Set(buckets.map(({ mark }) => mark))].join(''),
  needsRoom: '',
});
