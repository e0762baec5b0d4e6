/** The pause after the first throttling, and the longest that follows when it goes on. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/**
 * How many messages may wait for their answers on one link. An SMSC that throttles gets a pause, and afterwards fewer at once;
 * each one it takes lets one more through, up to the whole again.
 */
export class Window {
  /** Messages without an answer. */
  inFlight = 0;
  private room: number;
  private throttles = 0;
  private pausedUntil = 0;

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    private readonly size: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.room = size;
  }

  /** Milliseconds until it takes messages again; 0 when it does. */
  get pauseMs(): number {
    return Math.max(0, Math.ceil(this.pausedUntil - this.now()));
  }

  get hasRoom(): boolean {
    return this.pauseMs === 0 && this.inFlight < this.room;
  }

  taken(): void {
    this.throttles = 0;
    this.room = Math.min(this.size, this.room + 1);
  }

  throttled(): void {
    // One pause for all that were on their way together.
    if (this.pauseMs > 0) return;
    this.room = Math.max(1, Math.floor(this.room / 2));
    this.pausedUntil = this.now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.throttles);
    this.throttles = Math.min(this.throttles + 1, 10);
  }
}
