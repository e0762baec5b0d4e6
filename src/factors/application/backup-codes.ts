/** Backup codes, each taken in once (R72). Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class BackupCodes {
  /** The one list of a subject, and the key that its codes are found under, sealed; null where it has none. */
  abstract listOf(applicationId: string, subject: string): Promise<{ id: string; key: string } | null>;

  /**
   * Takes in a code by its digest, in one guarded UPDATE that also counts it and tells how few are left. Where that took nothing, a
   * second statement says what the code was taken in for.
   *
   * @returns `taken` also when it was taken in for the same verification before, `used` when for something else, `unknown` when there
   *   is none
   */
  abstract take(listId: string, digest: Buffer, takenFor: string): Promise<'taken' | 'used' | 'unknown'>;
}
