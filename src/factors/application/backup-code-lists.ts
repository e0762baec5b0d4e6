import type { Factor } from '../domain/factor.js';
import type { Changer } from './changer.js';

/** Codes for a subject, as they rest. */
export interface NewBackupCodes extends Changer {
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
}

/** The lists of backup codes, one per subject. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class BackupCodeLists {
  /** A subject's list; null where it never had one. */
  abstract of(applicationId: string, subject: string): Promise<{ id: string; codesLeft: number } | null>;

  /**
   * Puts new codes in the place of whatever there was, used or not, tells of it, and notes what an
   * administrator did in the audit log: all of it or nothing.
   *
   * @returns or else nothing is changed: `unproven` where the subject has a factor and none was shown, or has the one no more that was
   *   (R73); `other-list` where it has another list meanwhile, or codes that must not be replaced
   */
  abstract put(codes: NewBackupCodes): Promise<Factor | 'unproven' | 'other-list'>;
}
