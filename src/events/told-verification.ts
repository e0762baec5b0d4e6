/**
 * What an event tells of its verification beside what happened: what the caller named it with, and who it is about, masked. It
 * rests with the verification alone, and is looked up whenever an event is sent: what was erased is told no more.
 */
export interface ToldVerification {
  purpose: string | null;
  /** The caller's name for the person; null where none was given, and once it was erased. */
  subject: string | null;
  metadata: Record<string, string>;
  /** Masked; empty once erased. */
  to: { phone?: string; email?: string };
}

/** Of one that was erased before its events were all told. */
export const ERASED: ToldVerification = { purpose: null, subject: null, metadata: {}, to: {} };

/** Where that is looked up. */
export abstract class ToldVerifications {
  /**
   * @param ids of verifications, at most a few hundred.
   * @returns by id; one that does not exist (any more) is not in it.
   * @throws 503 `unavailable`
   */
  abstract of(ids: string[]): Promise<Map<string, ToldVerification>>;
}
