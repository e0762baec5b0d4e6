import type { ProviderPage } from '../../../../application/provider-type.js';
import { JASMIN_ERRORS, JASMIN_STATUSES } from './jasmin-codes.js';

/** docs/providers/jasmin.md, in its own words. */
export const jasminPage: ProviderPage = {
  title: 'Jasmin SMS Gateway',
  about:
    'The open SMS gateway of that name: messages go in by HTTP, as a form, and out over SMPP. A text that 7 bits do not carry is sent as ' +
    'UCS-2, in hexadecimal. Described for [http](http.md).',
  example: `
main:
  type: jasmin
  channel: sms
  url: http://jasmin.internal:1401
  username: einmal
  password: \${JASMIN_PASSWORD}
  from: Example`.trim(),
  setUp: `
Nothing but a user with the authorizations \`http_send\`, \`http_dlr_method\` and \`http_validity_period\`: each message carries the address for
its reports. Jasmin's \`dlr-thrower\` must reach \`PUBLIC_URL\`, and only Einmal its port.`.trim(),
  reports: `
POST as a form, without a signature, at level 3: what the SMSC answered, and then its receipt. What proves a report genuine is its
address. Jasmin wants to read exactly \`ACK/Jasmin\`, and otherwise tries three times more, half a minute apart.`.trim(),
  tried:
    'Only read: Jasmin’s source and documentation. Of the network errors in `err`, only those are known on which SMSCs agree.',
  inShort: { reports: 'pushed', genuine: 'MAC in the address', tried: 'only read' },
  reportsTo: ['message'],
  statuses: JASMIN_STATUSES,
  errors: JASMIN_ERRORS,
};
