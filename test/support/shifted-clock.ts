import { Clock } from '../../src/shared/clock.js';

/** Real time plus what a test adds to it. */
export class ShiftedClock extends Clock {
  offsetMs = 0;

  now(): number {
    return Date.now() + this.offsetMs;
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}
