/** A limit that stood in the way, as a client may be told of it in header fields. */
export interface QuotaPolicy {
  name: string;
  /** Absent where it is nobody's business, as with detectors of fraud. */
  max?: number;
  /** Absent where there is no window: what is used up does not come back. */
  windowSeconds?: number;
  /** Whole seconds until one more fits. Absent: never. */
  retryAfterSeconds?: number;
}
