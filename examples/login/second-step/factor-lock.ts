import { secondsUntil, type Challenge } from './challenge.js';
import type { Trouble } from './trouble.js';

/** Told before anybody types in vain: too many wrong codes of this way were typed lately. Null while one of its factors can be used. */
export function factorLock({ verification, way }: Challenge): Trouble | null {
  const theirs = (verification?.factors ?? []).filter(({ channel }) => channel === way);
  const waits = theirs.map(({ lockedUntil }) => (lockedUntil === null ? 0 : secondsUntil(lockedUntil)));
  const retryAfterSeconds = Math.min(...waits);
  return waits.length > 0 && retryAfterSeconds > 0 ? { code: 'factor-locked', retryAfterSeconds } : null;
}
