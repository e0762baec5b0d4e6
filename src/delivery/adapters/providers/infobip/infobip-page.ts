import type { ProviderPage } from '../../../application/provider-type.js';
import { INFOBIP_ERRORS } from './infobip-errors.js';
import { INFOBIP_STATUSES } from './infobip-statuses.js';

/** docs/providers/infobip.md, in its own words. */
export const infobipPage: ProviderPage = {
  title: 'Infobip',
  about:
    'Infobip’s SMS API, version 3. Each message is given an id of ours, a validity in seconds and the address for its reports; nothing is ' +
    'transliterated. An id that Infobip has already is not sent a second time.',
  example: `
main:
  type: infobip
  channel: sms
  url: https://xxxxx.api.infobip.com
  apiKey: \${INFOBIP_API_KEY}
  from: Example`.trim(),
  setUp: `
- An API key with the scope \`sms:message:send\`, as \`apiKey\`.
- The base URL of your account, which the web interface shows beside the keys, as \`url\`.
- The sender, registered where its country asks for that.

Nothing needs to be set for reports: each message carries its address, which Infobip must be able to reach. A subscription for
delivery reports at \`{PUBLIC_URL}/v1/reports/{id}\` will do, too.`.trim(),
  reports: `
One callback for each change of one message, or for many messages at once. Infobip signs nothing: what proves a report genuine is the
address, or \`callbackData\`, where a callback is about several messages. Each holds the send attempt and a MAC that only this
installation can make, and speaks for that attempt alone.

\`DELIVERED_TO_OPERATOR\` stands in the group of what is delivered, but is no proof of arrival, so it is waited for: where an operator
gives no more than that, the report timeout decides. \`EXPIRED_DLR_UNKNOWN\` and \`EC_NO_RESPONSE\` say that nobody knows.

What failed is told by the error’s name, and by its flag \`permanent\` where the name says no more (\`UNDELIVERABLE permanent\`,
\`UNDELIVERABLE temporary\`). The flag is not heeded of \`EC_VALIDITY_EXPIRED\` and \`EC_TEMPORARY_HANDSET_FAILURE\`, of which it says what
can not be.`.trim(),
  tried:
    'The request against the schema in Infobip’s OpenAPI file 3.210.0. Only read: everything else, there and in Infobip’s list of codes.',
  inShort: {
    reports: 'pushed',
    genuine: 'MAC in the address or in the callback data',
    tried: 'the vendor’s OpenAPI file',
  },
  reportsTo: ['message', 'account'],
  statuses: INFOBIP_STATUSES,
  errors: INFOBIP_ERRORS,
};
