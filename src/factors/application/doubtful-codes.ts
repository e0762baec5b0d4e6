/** Factors by their ids, after the one that is named. */
export interface Batch {
  after: string;
  limit: number;
}

export interface ChangedBatch {
  changed: number;
  /** Id of the last one; null where there was none. */
  last: string | null;
}

/** Codes of which nobody can say whether they were used. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class DoubtfulCodes {
  /**
   * Makes authenticators take no code up to that of the step so many ahead of a moment's, whatever it was taken in for. A step that
   * was passed is never taken back.
   */
  abstract passSteps(steps: { until: Date; ahead: number }, batch: Batch): Promise<ChangedBatch>;

  /** Makes authenticators that are imported from now on take no code of a step that began before a moment, in every application. */
  abstract passImported(until: Date): Promise<void>;

  /** Makes lists of backup codes empty that were made by then, and tells of each; those that are empty are not changed. */
  abstract voidLists(madeBy: Date, batch: Batch): Promise<ChangedBatch>;
}
