import type { CodeChannel } from '../../shared/channel.js';
import type { ConfirmedPayment } from './binding-hash.js';

/** How long an approval token is valid (R74). */
export const TOKEN_LIFE_SECONDS = 120;

/** What a token is issued for: somebody typed a code that was sent, or one of a factor. */
export interface Approval {
  /** `jti`: one per approval. */
  tokenId: string;
  verificationId: string;
  applicationId: string;
  approvedAt: Date;
  channel: CodeChannel;
  /** Whose code it was; null where that was sent. */
  factorId: string | null;
  subject: string | null;
  purpose: string | null;
  binding: ConfirmedPayment | null;
}

/** What a genuine token says. Moments are whole seconds, as a JWT counts. */
export interface ProvenApproval extends Omit<Approval, 'binding'> {
  /** The payment that was confirmed, as `bindingHash` names it. */
  bindingHash: string | null;
  /** Authentication methods (RFC 8176): `otp`, and the channel whose code was typed. */
  amr: string[];
  expiresAt: Date;
}
