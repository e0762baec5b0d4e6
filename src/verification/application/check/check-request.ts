import type { Channel } from '../../../shared/channel.js';
import type { Requester } from '../../../shared/requester.js';
import type { Context } from '../../domain/verification.js';

/** One guess, as the login flow hands it on. */
export interface CheckRequest extends Context {
  applicationId: string;
  id: string;
  code: string;
  requester: Requester;
  /** The caller's Idempotency-Key. */
  idempotencyKey?: string | undefined;
}

export type CheckOutcome =
  | { kind: 'approved'; token: string; channel: Channel; approvedAt: Date; tokenExpiresAt: Date }
  | { kind: 'wrong'; attemptsLeft: number };
