import type { Place } from '../application/provider-health.js';
import { Line } from './line.js';

/**
 * At most so many messages a second, and never more than one second's worth at once: vendors count by the second and make
 * messages above their limit wait where nobody sees it, or refuse them. Who comes too soon joins a line that moves at this pace.
 */
export class Pace {
  private readonly most: number;
  private readonly line: Line;
  private room: number;
  private filledAt: number;

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.most = Math.max(1, perSecond);
    this.room = this.most;
    this.filledAt = now();
    // Nobody comes before there is room: that would only be one more turn for nothing.
    this.line = new Line(now, 1);
  }

  /** Null when there is room for a message now. */
  full(): Extract<Place, { join: unknown }> | null {
    this.fill();
    if (this.room >= 1) return null;
    const gapMs = 1_000 / this.perSecond;
    const leastMs = (1 - this.room) * gapMs - gapMs;
    const join = () => this.line.join(leastMs, gapMs);
    return { because: 'pace', againInMs: this.line.nextInMs(leastMs, gapMs), join };
  }

  /** A message is given now. */
  take(): void {
    this.fill();
    this.room -= 1;
  }

  private fill(): void {
    const now = this.now();
    this.room = Math.min(this.most, this.room + ((now - this.filledAt) * this.perSecond) / 1_000);
    this.filledAt = now;
  }
}
