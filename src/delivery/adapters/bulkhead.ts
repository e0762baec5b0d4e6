import type { Place } from '../application/ports.js';

/** Deliveries that one process has on their way at once. */
export const PLACES = 32;
/** The last quarter is only for providers with next to nothing on its way, so that several slow ones together leave room. */
const OPEN_TO_ALL = 24;

/** Until the next provider's place is worth asking for: at least, and at most, so that one that is quick again is soon found out. */
const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;
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

/**
 * Bounds the deliveries on their way through one provider. Who finds it full gets a turn in a line that moves as fast as places
 * become free: coming back all at once and again and again, a backlog would keep the worker from everything else.
 */
export class Bulkhead {
  private under = 0;
  /** How long a delivery holds its place, by the last ones. */
  private holdMs = FIRST_GUESS_MS;
  private lastTurnAt = 0;

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    private readonly mostAtOnce: number,
    private readonly places: Places,
    private readonly now: () => number = () => performance.now(),
  ) {}

  enter(): Place {
    if (this.under >= this.mostAtOnce || !this.places.isFreeFor(this.under)) return { againInMs: this.nextTurnInMs() };
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

  private nextTurnInMs(): number {
    const now = this.now();
    const turnAt = Math.max(this.lastTurnAt, now + SHORTEST_MS) + this.holdMs / (PER_PLACE * this.mostAtOnce);
    this.lastTurnAt = Math.min(turnAt, now + LONGEST_MS);
    return Math.round((this.lastTurnAt - now) * (0.75 + Math.random() / 2));
  }
}
