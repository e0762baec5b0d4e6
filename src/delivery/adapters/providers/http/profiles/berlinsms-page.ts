import type { ProviderPage } from '../../../../application/provider-type.js';
import { BERLINSMS_STATUSES } from './berlinsms-statuses.js';

/** docs/providers/berlinsms.md, in its own words. */
export const berlinsmsPage: ProviderPage = {
  title: 'BerlinSMS',
  about: `
The SMS gateway of BerlinSMS, described for [http](http.md). Its REST interface takes the number **and the text in the URL**, so that codes
end up in access logs between here and there; the configuration has to say \`textInUrl: accepted\`, so that nobody does it unknowingly.
The older form interface (\`interface: form\`, with \`username\` and \`password\`) takes them in the body. Neither has a
sender or a validity: what the phone shows is set at the vendor, and a message may arrive after its code has expired.`.trim(),
  example: `
main:
  type: berlinsms
  channel: sms
  apiKey: \${BERLINSMS_API_KEY}
  textInUrl: accepted`.trim(),
  setUp: 'Nothing but the account and its API key.',
  reports: `
No report is expected, which is the normal case: each message counts as sent until the report timeout, and then the next channel is tried.
The vendor knows the statuses sent, delivered and failed, but publishes no shape for them. What your account's documents say can be
added as \`accepted.id\`, \`reports\` (with \`to: account\`) and \`poll\`, exactly as for [http](http.md).`.trim(),
  tried:
    'Only read: the vendor’s PHP samples. **The shape of reports is unverified**, and so is that of answers: any 2xx that is no web page ' +
    'counts as taken. The vendor was not contacted.',
  inShort: { reports: 'none known', genuine: 'as described for http', tried: 'only read' },
  statuses: BERLINSMS_STATUSES,
};
