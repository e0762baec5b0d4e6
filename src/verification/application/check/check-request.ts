import type { CodeChannel } from '../../../shared/channel.js';
import type { Requester } from '../../../shared/requester.js';
import type { WrongReason } from '../../domain/answer.js';
import type { Context } from '../../domain/verification.js';

/** One guess, as the login flow hands it on. */
export interface CheckRequest extends Context {
  applicationId: string;
  id: string;
  code: string;
  /** How the person has the code; absent, or one that is sent: any code that was sent. */
  channel?: CodeChannel | undefined;
  /** Of a factor's channel: this factor alone; absent: any that the subject has. */
  factorId?: string | undefined;
  requester: Requester;
  /** The name under which limits of checks have counted it already; absent: they have not. */
  admittedAs?: string | undefined;
  /** The caller's Idempotency-Key. */
  idempotencyKey?: string | undefined;
}

export type CheckOutcome =
  | { kind: 'approved'; token: string; channel: CodeChannel; approvedAt: Date; tokenExpiresAt: Date }
  | { kind: 'wrong'; attemptsLeft: number; reason?: WrongReason | undefined };
