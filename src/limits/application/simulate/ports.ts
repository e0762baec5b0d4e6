import type { Clock } from '../../../shared/clock.js';
import type { Counters } from '../ports.js';

/** Counters that nobody else counts in. */
export abstract class CountersApart {
  /** New ones, empty, that take their time from a clock of the caller's. */
  abstract countingAt(clock: Clock): Counters;
}
