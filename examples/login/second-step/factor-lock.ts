import { secondsUntil, type Challenge } from './challenge.js';
import type { Trouble } from './trouble.js';

/** Told before anybody types in vain: too many wrong codes of this way were typed lately. Null while one of its factors can be used. */
export function factorLock({ verification, way }: Challenge): Trouble | null {
  const theirs = (verification?.factors ?? []).filter(({ channel }) => channel === way);
  const waits = theirs.map(({ lockedUntil }) => (lockedUntil === null ? 0 : secondsUntil(lockedUntil)));
  const retryAfterSeconds = Math.min(...waits);
  return waits.length > 0 && retryAfterSeconds > 0 ? { code: 'factor-locked', retryAfterSeconds } : null;
}

/** Keeps that a check was refused for a lock, for whenever the page is shown again: in this verification the service tells it no more. */
export function rememberLock(challenge: Challenge, { retryAfterSeconds = 1 }: Trouble): void {
  const { verification, way } = challenge;
  if (!verification?.factors) return;
  const lockedUntil = new Date(Date.now() + retryAfterSeconds * 1000).toISOString();
  const factors = verification.factors.map((factor) => (factor.channel === way ? { ...factor, lockedUntil } : factor));
  challenge.verification = { ...verification, factors };
}
