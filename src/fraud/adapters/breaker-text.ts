import type { Breaker } from '../domain/breaker.js';

/** A breaker as the scripts read it; each takes of it what its header says. */
export const breakerText = (breaker: Breaker): string =>
  JSON.stringify({
    name: breaker.name,
    refuses: breaker.refuses,
    window: breaker.windowMs,
    width: breaker.widthMs,
    least: breaker.least,
    share: breaker.share,
    block: breaker.blockMs,
    wide: breaker.wide,
    places: breaker.places,
  });
