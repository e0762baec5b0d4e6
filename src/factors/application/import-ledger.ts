import type { TotpParameters } from '../domain/factor.js';

/** An authenticator that a subject has, with its secret as it rests. */
export interface EnrolledSecret {
  id: string;
  subject: string;
  /** Sealed. */
  secret: string;
  totp: TotpParameters;
}

/** One that it gets. */
export interface ImportedFactor extends EnrolledSecret {
  label: string | null;
}

/** Where imported authenticators go. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class ImportLedger {
  /**
   * Adds authenticators that can be used at once, tells of each, and notes in the audit log who did it: all of it or nothing. No
   * other import or enrolment adds to these subjects meanwhile.
   *
   * @param choose what to add, given what the subjects have
   * @returns what was chosen
   */
  abstract add<Choice extends { added: readonly ImportedFactor[] }>(
    to: { applicationId: string; subjects: readonly string[]; actor: string },
    choose: (enrolled: EnrolledSecret[]) => Choice,
  ): Promise<Choice>;
}
