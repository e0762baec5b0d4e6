import type { Factor, TotpParameters } from '../domain/factor.js';
import type { Changer } from './changer.js';

export interface NewEnrolment {
  id: string;
  applicationId: string;
  subject: string;
  label: string | null;
  totp: TotpParameters;
  /** Sealed. */
  secret: string;
  /** Whether a factor of the subject was shown, or an administrator began it (R73). */
  proven: boolean;
}

/** An authenticator of which somebody typed a code, so as to activate it. */
export interface TriedEnrolment {
  factor: Factor & { totp: TotpParameters };
  /** Sealed. */
  secret: string;
  /** The ledger's, in epoch milliseconds. */
  now: number;
  /**
   * Which try this is, from 1; it was counted before anything is compared, so that nobody has more by asking at once. Null where
   * none was left or its time is over: nothing may be compared. To ask for an activation again is a try, too.
   */
  attempt: number | null;
  /** The step whose code activated it, while no other was taken in since. */
  activatedBy: number | null;
}

export type Activation = { kind: 'activated'; factor: Factor } | { kind: 'unproven' | 'too-many' | 'gone' };

/** Enrolments under way. Every method throws 503 `unavailable` when Postgres can not be reached. */
export abstract class Enrolments {
  /**
   * Keeps it, and tells of it. One without a proof takes the place of another such of the subject.
   *
   * @returns null, and nothing is kept, where the subject has the factor no more that was shown (R73)
   */
  abstract begin(enrolment: NewEnrolment, changer: Changer): Promise<Factor | null>;

  /** Counts a try of an enrolment. Null for another application's, for backup codes, and for what does not exist. */
  abstract countTry(applicationId: string, id: string): Promise<TriedEnrolment | null>;

  /**
   * Makes a factor of it, unless the subject has as many as can be, or one that was not shown (R73); takes in the code's step, so
   * that it approves nothing (R71); and tells of it. All of it or nothing, and of those who ask at once for one subject each sees
   * what the one before did.
   */
  abstract activate(enrolment: { id: string; subject: string; step: number }, changer: Changer): Promise<Activation>;

  /** Deletes up to `limit` that ended unactivated an hour ago or more; gives how many. */
  abstract forget(limit: number): Promise<number>;
}
