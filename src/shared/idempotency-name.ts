import { createHash } from 'node:crypto';

/** A caller's Idempotency-Key may hold any text; stores see a short name of it. It is not secret and nothing is derived from a code. */
export function idempotencyName(key: string): string {
  return createHash('sha256').update(key).digest().subarray(0, 16).toString('base64url');
}
