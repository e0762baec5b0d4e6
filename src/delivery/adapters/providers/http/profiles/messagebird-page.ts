import type { ProviderPage } from '../../../../application/provider-type.js';
import { MESSAGEBIRD_ERRORS, MESSAGEBIRD_STATUSES } from './messagebird-codes.js';

/** docs/providers/messagebird.md, in its own words. */
export const messagebirdPage: ProviderPage = {
  title: 'MessageBird (Bird), SMS API',
  about:
    'The SMS API of MessageBird, today of Bird, described for [http](http.md). The alphabet of a text is chosen here and told to the ' +
    'vendor, and so is its validity.',
  example: `
main:
  type: messagebird
  channel: sms
  accessKey: \${MESSAGEBIRD_ACCESS_KEY}
  from: Example`.trim(),
  setUp:
    'Nothing but an access key: each message carries the address for its reports, and the reference without which there are none.',
  reports: `
GET, one for each change. What proves it genuine is its address; \`MessageBird-Signature-JWT\`, which comes with it, is not looked at. A
message whose network says nothing stays \`sent\`.`.trim(),
  tried: 'Only read: MessageBird’s documentation and packages. The vendor was not contacted.',
  inShort: { reports: 'pushed', genuine: 'MAC in the address', tried: 'only read' },
  reportsTo: ['message'],
  statuses: MESSAGEBIRD_STATUSES,
  errors: MESSAGEBIRD_ERRORS,
};
