import type { ProviderPage } from '../../../application/provider-type.js';
import { SEVEN_ERRORS, SEVEN_STATUSES } from './seven-codes.js';

/** docs/providers/seven.md, in its own words. */
export const sevenPage: ProviderPage = {
  title: 'seven',
  about:
    'The SMS gateway of seven communications in Kiel, once sms77. A message goes in as a form; its validity is the rest of its code’s life, ' +
    'in whole minutes.',
  example: `
main:
  type: seven
  channel: sms
  apiKey: \${SEVEN_API_KEY}
  signingKey: \${SEVEN_SIGNING_KEY}
  from: Example`.trim(),
  setUp: `
In the developer area of seven’s web application:

- an API key that may send SMS, as \`apiKey\`;
- the account’s signing key, from the API settings, as \`signingKey\`;
- a webhook for the event “status reports” (\`dlr\`) at \`{PUBLIC_URL}/v1/reports/{id}\`. JSON, POST and GET will all do; one webhook for
  all events will, too.

The sender must be one that the account may use. The reload lock (the same text to the same number within 180 s) may stay: every
text has a code of its own.`.trim(),
  reports: `
One webhook for each change. What proves it genuine is \`X-Signature\`: an HMAC-SHA256 under the signing key over time, nonce, method,
address and body. It must be no more than five minutes old, so the clocks of this server and of seven’s must be right. The address is
\`PUBLIC_URL\` and the path, whatever a proxy makes of it. Without \`signingKey\` every report is refused.

A report names seven’s own id of the message. One that comes before the answer to the submit is kept until that is recorded; a
message whose answer was lost is reported only where seven repeats the \`foreign_id\`, which is the send attempt.

seven repeats a webhook for three and a half days after an answer of 429 or 5xx, and never after another 4xx. There are no codes for why a
message failed.`.trim(),
  tried:
    'The signature against seven’s own package (`@seven.io/client`), in both directions. Only read: the interface itself, in seven’s ' +
    'documentation and its OpenAPI file. That `unicode` still forces the encoding stands in an older edition only.',
  inShort: { reports: 'pushed', genuine: 'HMAC-SHA256', tried: 'the vendor’s signature code' },
  reportsTo: ['account'],
  statuses: SEVEN_STATUSES,
  errors: SEVEN_ERRORS,
};
