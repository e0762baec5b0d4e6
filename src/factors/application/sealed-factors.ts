/** A factor's secret as it rests, or the key that a list's backup codes are found under. */
export interface SealedFactor {
  id: string;
  applicationId: string;
  secret: string;
}

/** What rests under which key. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class SealedFactors {
  /** Up to `limit` that are sealed under one of these keys, by their ids and after the one that is named. */
  abstract under(kids: string[], page: { after: string; limit: number }): Promise<SealedFactor[]>;

  /** Replaces what was sealed. @returns false when it is another by now, as when new backup codes were made: nothing has changed then */
  abstract replace(factor: SealedFactor, sealed: string): Promise<boolean>;
}
