import type { Bucket } from '../domain/bucket.js';

export type Take =
  /** Every bucket was below its maximum and has been counted. `fullForMs`: per rule now at its maximum, until it has room again. */
  | { kind: 'taken'; fullForMs: Record<string, number> }
  /** At least one bucket was full; none has been counted. */
  | { kind: 'refused'; rules: string[]; retryAfterMs: number };

/** Counters in windows, taken all or none. Redis in production, memory when embedded; one contract suite for both. */
export abstract class Buckets {
  /**
   * Counts one in every bucket, or in none when any is full. Atomic. Idempotent by `reservation`: a second call with the same
   * one within its shortest window's life counts nothing and answers `taken`.
   *
   * @param tag the hash tag all keys share, so that one script reaches them in Redis Cluster.
   * @throws 503 `unavailable` when the store can not be reached: never "unlimited" (ASVS 16.5.3).
   */
  abstract take(tag: string, reservation: string, buckets: Bucket[]): Promise<Take>;

  /** Gives a reservation back to exactly the sub-buckets it was counted in. Idempotent; unknown reservations change nothing. */
  abstract refund(tag: string, reservation: string, buckets: Bucket[]): Promise<void>;

  /** Forgets a counter, for one that success clears. */
  abstract clear(tag: string, bucket: Bucket): Promise<void>;
}
