import type { Answer, NoAnswer } from './answer.js';

const FIRST_MS = 100;
/** What a balancer says of a service that is away, and the service of what it needs: nothing was decided. */
const AWAY = [502, 503, 504];

/**
 * How long to wait before the same is asked again; null where the answer would not change.
 *
 * @param asked how often it was.
 * @param random from 0 to below 1: clients that were refused together come back apart.
 */
export function retryInMs(answer: Answer | NoAnswer, asked: number, random = Math.random()): number | null {
  if (!helps(answer)) return null;
  const backOffMs = FIRST_MS * 2 ** (asked - 1) * (1 + random);
  const askedForMs = 'status' in answer ? (answer.retryAfterSeconds ?? 0) * 1_000 : 0;
  return askedForMs + backOffMs;
}

function helps(answer: Answer | NoAnswer): boolean {
  if ('code' in answer) return answer.code !== 'aborted';
  return AWAY.includes(answer.status) || isInFlight(answer);
}

/** The first of two requests with one key is still being answered, or was lost and is not known to be. */
export function isInFlight(answer: Answer | NoAnswer): boolean {
  if ('code' in answer || answer.status !== 409) return false;
  const { body } = answer;
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'idempotency-in-flight';
}
