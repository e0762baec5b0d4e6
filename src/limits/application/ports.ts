import type { Bucket } from '../domain/bucket.js';

export type Take =
  /** Every bucket was below its maximum and has been counted. `fullForMs`: per rule now at its maximum, until it has room again. */
  | { kind: 'taken'; fullForMs: Record<string, number> }
  /** At least one bucket was full; none has been counted. `retryAfterMs`: until all of them have room. */
  | { kind: 'refused'; rules: string[]; retryAfterMs: number };

/** How long a reservation is remembered: longer than a verification can live (10 minutes), after which nothing is given back. */
export const RESERVATION_KEPT_MS = 15 * 60_000;

/** Counters in sliding windows, taken all or none. Redis in production, memory when embedded; one contract suite for both. */
export abstract class Buckets {
  /**
   * Counts one in every bucket, or in none when any is full. Atomic. A refusal changes nothing, so it prolongs nothing.
   * Idempotent by `reservation` for `RESERVATION_KEPT_MS`: a second call counts nothing and answers `taken`.
   *
   * @param tag what the counters have in common: the hash tag of all keys, so that one script reaches them in Redis Cluster.
   * @throws 503 `unavailable` when the store can not be reached: never "unlimited" (ASVS 16.5.3).
   */
  abstract take(tag: string, reservation: string, buckets: Bucket[]): Promise<Take>;

  /** Whether `take` would count now, without counting: `taken` when every bucket has room. */
  abstract look(tag: string, buckets: Bucket[]): Promise<Take>;

  /**
   * Gives a reservation back to exactly the sub-buckets it was counted in. Idempotent; unknown reservations, and buckets
   * the reservation was not counted in, change nothing.
   */
  abstract refund(tag: string, reservation: string, buckets: Bucket[]): Promise<void>;

  /** Forgets everything these buckets have counted. */
  abstract clear(tag: string, buckets: Bucket[]): Promise<void>;
}
