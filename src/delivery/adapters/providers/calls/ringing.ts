import { refuse, rejected } from '../outcomes/error-map.js';

/** Time to say a code twice. */
const SPEAKING_SECONDS = 20;
const SHORTEST_RING_SECONDS = 5;

/**
 * How long a phone may ring for a code that is worth nothing later.
 *
 * @returns null when it would be answered too late.
 */
export function ringingFor(ringSeconds: number, validForSeconds: number): number | null {
  const seconds = Math.min(ringSeconds, Math.floor(validForSeconds) - SPEAKING_SECONDS);
  return seconds < SHORTEST_RING_SECONDS ? null : seconds;
}

/** What becomes of a call that could not be answered in time. */
export const TOO_LATE = refuse(rejected('expired'), 'no time to ring');
