import { Clock } from '../../src/shared/clock.js';

/** It goes on only when it is told to, so that two crowds can do everything at the same moments. */
export class StoppedClock extends Clock {
  private nowMs = Date.now();

  override get offsetMs(): number {
    return this.nowMs - Date.now();
  }

  override now(): number {
    return this.nowMs;
  }

  advance(ms: number): void {
    this.nowMs += ms;
  }
}
