/** Who does something to factors. */
export interface Changer {
  applicationId: string;
  /** Id of the API key, for the audit log. */
  keyId: string;
  /** `administrator`: with a key of scope `admin`; it is audited. */
  by: 'subject' | 'administrator';
  /**
   * Id of the factor whose code was shown for it (R73): the subject must have it still at the moment of the change. Absent where none
   * was shown.
   */
  provenBy?: string;
}

/** Somebody who wants to change factors, and what he shows for it. */
export interface ChangeRequest {
  applicationId: string;
  keyId: string;
  /** Whether the key has the scope `admin`. */
  administrator: boolean;
  /** An approval token, where one was sent along. */
  approvalToken: string | null;
  /** The caller's Idempotency-Key: with it, the token that was consumed is good for a repetition. */
  idempotencyKey: string | null;
}

/** Who may do what takes no proof. */
export const changerOf = ({ applicationId, keyId, administrator }: ChangeRequest): Changer => ({
  ...{ applicationId, keyId, by: administrator ? 'administrator' : 'subject' },
});
