import type { Channel } from '../../shared/channel.js';
import type { Cause } from './cause.js';

export const DELIVERY_STATUSES = [
  'queued',
  'submitting',
  'sent',
  'delivered',
  'failed',
  'unconfirmed',
  'canceled',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Who asked for a delivery: the start of the verification, its user, or the fallback engine. */
export type Origin = 'start' | 'resend' | 'fallback';

/** One message over one channel, as the dispatcher sees it. */
export interface Delivery {
  id: string;
  messageId: string;
  applicationId: string;
  step: number;
  channel: Channel;
  origin: Origin;
  status: DeliveryStatus;
  cause: Cause | null;
  /** ISO country of the number, for routes; null for e-mail. */
  country: string | null;
  /** Send attempts made so far. */
  attempts: number;
  attemptId: string | null;
  reportTimeoutSeconds: number;
  /** End of the message's life: nothing is sent later. */
  expiresAt: Date;
}
