import { parseEmail } from '../../../shared/email-address.js';
import { parsePhone } from '../../../shared/phone-number.js';
import type { Recipients } from '../../../shared/recipient.js';
import { invalidRequest } from '../../../shared/refusals.js';

/**
 * Canonical recipients of a request.
 *
 * @throws 400 `invalid-request` that says how a phone number or address must be written.
 */
export function readRecipients(
  to: { phone?: string | undefined; email?: string | undefined },
  defaultCountry?: string,
): Recipients {
  const recipients: Recipients = {};
  if (to.phone !== undefined) {
    const phone = parsePhone(to.phone, defaultCountry);
    if (!phone)
      throw invalidRequest('to.phone: is not a phone number. Write it with + and country code, like +4915123456789.');
    recipients.phone = phone;
  }
  if (to.email !== undefined) {
    const email = parseEmail(to.email);
    if (!email) throw invalidRequest('to.email: is not one plain e-mail address, like name@example.org.');
    recipients.email = email;
  }
  return recipients;
}
