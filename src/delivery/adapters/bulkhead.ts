import type { Place } from '../application/provider-health.js';
import { Line } from './line.js';

/** Deliveries that one process has on their way at once. */
export const PLACES = 32;
/** The last quarter is only for providers with next to nothing on its way, so that several slow ones together leave room. */
const OPEN_TO_ALL = 24;

/** Until a place is worth asking for again, at least. */
const SHORTEST_MS = 500;
/** More are told to come than there will be places, because a place that nobody takes is lost. */
const PER_PLACE = 2;
const FIRST_GUESS_MS = 1_000;

/** The places of a process, which its providers share. */
export class Places {
  taken = 0;
  /** What each provider gets, whatever the others hold. */
  private readonly each: number;

  /** @param providers how many share them. */
  constructor(providers: number) {
    this.each = Math.max(1, Math.floor((PLACES - OPEN_TO_ALL) / Math.max(1, providers)));
  }

  /** @param under places that the provider holds. */
  isFreeFor(under: number): boolean {
    return this.taken < OPEN_TO_ALL || under < this.each;
  }
}

/** Bounds the deliveries on their way through one provider. Who finds it full joins a line that moves as fast as places become free. */
export class Bulkhead {
  private under = 0;
  private readonly line: Line;
  /** How long a delivery holds its place, by the last ones. */
  private holdMs = FIRST_GUESS_MS;

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    private readonly mostAtOnce: number,
    private readonly places: Places,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.line = new Line(now, 0.75);
  }

  get inFlight(): number {
    return this.under;
  }

  enter(): Extract<Place, { leave: unknown } | { join: unknown }> {
    if (this.under >= this.mostAtOnce || !this.places.isFreeFor(this.under)) {
      const gapMs = this.holdMs / (PER_PLACE * this.mostAtOnce);
      const join = () => this.line.join(SHORTEST_MS, gapMs);
      return { because: 'busy', againInMs: this.line.nextInMs(SHORTEST_MS, gapMs), join };
    }
    this.under += 1;
    this.places.taken += 1;
    const since = this.now();
    return {
      leave: () => {
        this.under -= 1;
        this.places.taken -= 1;
        this.holdMs += (this.now() - since - this.holdMs) / 8;
      },
    };
  }
}
