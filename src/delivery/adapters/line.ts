/** So long at most, so that one that is quick again is soon found out. */
const LONGEST_MS = 30_000;

/**
 * A line in which nobody stands: whoever comes in vain is told when to come again, one after the other. Coming back all at once
 * and again and again, a backlog would keep the worker from everything else.
 */
export class Line {
  private lastTurnAt = 0;

  /**
   * @param now milliseconds of any clock that does not go back.
   * @param early the earliest of a turn, as a part of it; the latest is as far after it as half a turn.
   */
  constructor(
    private readonly now: () => number,
    private readonly early: number,
  ) {}

  /** In how many milliseconds the next turn is: never before `leastMs`, and `gapMs` after the one before. */
  nextInMs(leastMs: number, gapMs: number): number {
    const now = this.now();
    return Math.min(Math.max(this.lastTurnAt, now + leastMs) + gapMs, now + LONGEST_MS) - now;
  }

  /** Takes that turn. They are spread a little, so that several processes do not come in step. */
  join(leastMs: number, gapMs: number): number {
    const inMs = this.nextInMs(leastMs, gapMs);
    this.lastTurnAt = this.now() + inMs;
    return Math.ceil(inMs * (this.early + Math.random() / 2));
  }
}
