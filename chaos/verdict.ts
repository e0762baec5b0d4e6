/** What one checker says about a run. */
export interface Verdict {
  /** `I1`, … of docs/conformance.md. */
  invariant: string;
  /** The invariant in a few words. */
  title: string;
  /** The figure to report: `0 double approvals of 412`. */
  figure: string;
  violations: Violation[];
}

export interface Violation {
  /** One sentence with what was seen. */
  what: string;
  /** Whose calls, messages and rows are the evidence; null where it is about no single verification. */
  verificationId: string | null;
}
