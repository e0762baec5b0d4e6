import type { CodeChannel } from '../../../shared/channel.js';
import type { Binding } from '../../domain/verification.js';

/** What the login flow asks for. It needs `to`, or a `subject` that has a factor; everything else has a default. */
export interface StartRequest {
  to?: { phone?: string | undefined; email?: string | undefined } | undefined;
  channels?: CodeChannel[] | undefined;
  purpose?: string | undefined;
  locale?: string | undefined;
  subject?: string | undefined;
  codeLength?: number | undefined;
  ttlSeconds?: number | undefined;
  template?: string | undefined;
  endUser?: { ip?: string | undefined; userAgent?: string | undefined; deviceId?: string | undefined } | undefined;
  limitKeys?: Record<string, string> | undefined;
  binding?: Binding | undefined;
  webOtpOrigin?: string | undefined;
  androidAppHash?: string | undefined;
  metadata?: Record<string, string> | undefined;
}

/** A start as it is carried out, on behalf of a login flow or of the check of one factor. */
export interface StartOrder extends StartRequest {
  /** One of the subject's factors alone, for one guess within a minute: what the check of a factor asks for, and no login flow. */
  factorId?: string | undefined;
}
