import type { ProviderPage } from '../../../application/provider-type.js';
import { VONAGE_ERRORS } from './vonage-errors.js';
import { VONAGE_STATUSES } from './vonage-statuses.js';

/** docs/providers/vonage.md, in its own words. */
export const vonagePage: ProviderPage = {
  title: 'Vonage SMS API',
  about:
    'Text messages over Vonage’s SMS API, formerly Nexmo’s. What 7 bits carry goes out as `text`, all else as `unicode`, and is tried ' +
    'for as long as its code lives, but for 20 s at least, which is Vonage’s minimum.',
  example: `
main:
  type: vonage
  channel: sms
  apiKey: abcd1234
  apiSecret: \${VONAGE_API_SECRET}
  from: Example`.trim(),
  setUp: `
Nothing but its account: each message carries the address for its reports. Vonage must reach \`PUBLIC_URL\`.

- Signed reports are an option of the account that Vonage’s support turns on. Where it is on, set \`signatureSecret\` and
  \`signatureMethod\` as the dashboard shows them: a report without a right signature changes nothing then.
- Without \`apiSecret\`, requests are signed with \`signatureSecret\`. Where only these are to be signed, add \`signedReports: false\`.
- The account’s webhooks may be GET, POST or POST-JSON.
- Vonage takes no address of more than 100 characters. \`PUBLIC_URL\` and the provider’s id have 38 together; where they are longer,
  reports come to \`{PUBLIC_URL}/v1/reports/{id}\`, and the attempt and its MAC come back in \`client-ref\`.`.trim(),
  reports: `
One request for each part of a message and each change, tried again for 24 h where the answer is 429 or 5xx. What proves it genuine is
the send attempt with a MAC that only this installation can make, in its address or, where that is too long, in its \`client-ref\`; and
where \`signatureSecret\` is set, its \`sig\`, no more than five minutes old, alone at the address without a MAC.

\`err-code\` decides where the status is a failure, the status where there is no code or nobody knows it. \`failed\` with 1, not delivered
for no known reason, leaves it to the report timeout; \`statuses: { '1': { cause: other, transient: true } }\` does not.

Of a text of several parts, the first final report of any part decides: phones show such a text when all of it is there. Where some
parts were taken and others refused, nothing is sent again and the report timeout decides. Receipts of some carriers are their
own, not the phone’s: Vonage vouches for none.`.trim(),
  tried:
    'Requests against Vonage’s published OpenAPI files (1.0.10 and 1.5.1), signatures against its own npm package, both ways, and those ' +
    'its PHP package is tested with. No account was used: codes and when reports come were only read.',
  inShort: { reports: 'pushed', genuine: 'MAC in the address; signature', tried: 'its OpenAPI files and npm package' },
  reportsTo: ['message', 'account'],
  statuses: VONAGE_STATUSES,
  errors: VONAGE_ERRORS,
};
