/**
 * The process's idea of now. Decisions about windows, attempts and expiry do not use it: they take time from Redis (`TIME`)
 * or Postgres (`now()`), which are one clock for all nodes. `offsetMs` is 0 in production; tests shift it, and the Redis
 * scripts add it to their own time, so that one number moves every clock a test cares about.
 */
export abstract class Clock {
  /** Milliseconds added to every clock; 0 outside tests. */
  abstract readonly offsetMs: number;
  /** Milliseconds since the Unix epoch, offset included. */
  abstract now(): number;
}
