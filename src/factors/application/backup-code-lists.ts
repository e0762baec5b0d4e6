import type { Factor } from '../domain/factor.js';

/** Who does something to a factor: the person, or an administrator. */
export type DoneBy = 'subject' | 'administrator';

/** Codes for a subject, as they rest. */
export interface NewBackupCodes {
  applicationId: string;
  subject: string;
  /** Of the list that they replace, or a new one. */
  id: string;
  /** What their digests are made under, sealed for the list. */
  key: string;
  digests: Buffer[];
  /** False: only if the subject has no active factor (R73). */
  proven: boolean;
  /** False: only if no code of the list is unused. */
  renew: boolean;
  by: DoneBy;
}

/** The lists of backup codes, one per subject. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class BackupCodeLists {
  /** A subject's list; null where it never had one. */
  abstract of(applicationId: string, subject: string): Promise<{ id: string; codesLeft: number } | null>;

  /**
   * Puts new codes in the place of whatever there was, used or not, and tells of it: one transaction.
   *
   * @returns null, and nothing is changed, when the subject has another list meanwhile, or has what must not be there
   */
  abstract put(codes: NewBackupCodes): Promise<Factor | null>;
}
