import type { Channel } from '../../../shared/channel.js';
import type { Binding } from '../../domain/verification.js';

/** What the login flow asks for. Everything but `to` has a default. */
export interface StartRequest {
  to: { phone?: string | undefined; email?: string | undefined };
  channels?: Channel[] | undefined;
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
