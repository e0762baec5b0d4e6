import type { Cause } from './cause.js';
import type { SmsSize } from './sms-text.js';

/**
 * Why a provider did not take a message, in the closed vocabulary every adapter translates into.
 * `rejected` is final for the channel; the others are transient: another provider of the channel may take it.
 */
export type SubmitFailure = 'rejected' | 'throttled' | 'quota' | 'unreachable' | 'misconfigured';

/**
 * What came of handing a message to a provider. `detail` is a short code of ours or the vendor's, never its body; `size` is how
 * the text crosses the air, where that is not how every text is measured.
 */
export type SubmitOutcome =
  | { kind: 'accepted'; providerMessageId?: string; detail?: string; size?: SmsSize }
  /** The request may or may not have arrived: never sent again by itself, the report timeout decides. */
  | { kind: 'ambiguous'; detail: string; size?: SmsSize }
  | {
      kind: 'refused';
      failure: SubmitFailure;
      cause: Cause;
      detail: string;
      retryAfterSeconds?: number;
      /** With `misconfigured`: it was about this message only, such as its sender; nothing follows for the next one. */
      scope?: 'message';
    };

/** What a report says: `underway` and `unknown` keep waiting, `delivered` and `failed` are final for the send attempt. */
export type ReportStatus = 'delivered' | 'failed' | 'underway' | 'unknown';

/** A provider's delivery report, translated. It names the send attempt, or the provider's own message id where that is all there is. */
export interface Report {
  providerId: string;
  attemptId?: string;
  providerMessageId?: string;
  status: ReportStatus;
  /** Only with `failed`. */
  cause?: Cause;
  /** Only with `failed`: another provider of the channel may deliver what this one could not. */
  transient?: boolean;
  /** The vendor's own status in short, for the timeline and for telling one report from another: `UNDELIV err:001`. */
  detail: string;
}
