import { WatchedGuesses, type WatchedGuess } from '../application/ports.js';
import type { Breaker, Trip } from '../domain/breaker.js';
import { add, sumOf } from './held-breaker.js';
import type { MemoryBreakers } from './memory-breakers.js';

/** What look-at-breaker.lua and count-guess.lua do. */
export class MemoryWatchedGuesses extends WatchedGuesses {
  constructor(private readonly state: MemoryBreakers) {
    super();
  }

  waitMs(applicationId: string, breaker: Breaker): Promise<number> {
    const { opened } = this.state.held(applicationId, breaker);
    return Promise.resolve(Math.max(0, (opened?.until ?? 0) - this.state.now));
  }

  count(guess: WatchedGuess): Promise<Trip[]> {
    return Promise.resolve(guess.breakers.flatMap((breaker) => this.countIn(guess, breaker)));
  }

  private countIn({ applicationId, verificationId, right, longerForMs }: WatchedGuess, breaker: Breaker): Trip[] {
    const { state } = this;
    const { now } = state;
    const { name, widthMs, windowMs, least, share } = breaker;
    const held = state.held(applicationId, breaker);
    const marker = state.marker(applicationId, verificationId);
    const bucket = Math.floor(now / widthMs);
    const failedIn = marker.failed.get(name);
    if (right && !marker.right.has(name)) {
      marker.right.add(name);
      add(held.good, bucket);
      if (failedIn !== undefined && held.failed.has(failedIn)) add(held.failed, failedIn, -1);
    } else if (!right && failedIn === undefined) {
      marker.failed.set(name, bucket);
      add(held.failed, bucket);
    }
    const span = { now, widthMs, keptMs: windowMs };
    const failed = sumOf(held.failed, span);
    const good = sumOf(held.good, span);
    const isOpen = (held.opened?.until ?? 0) > now;
    if (right || isOpen || failed < least || failed < share * (failed + good)) return [];
    held.failed.clear();
    held.good.clear();
    const longerUntil = Math.max(state.longerUntil.get(applicationId) ?? 0, now + longerForMs);
    if (longerForMs > 0) state.longerUntil.set(applicationId, longerUntil);
    return [state.trip(applicationId, breaker, { counted: failed + good, good })];
  }
}
