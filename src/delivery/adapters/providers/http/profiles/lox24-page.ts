import type { ProviderPage } from '../../../../application/provider-type.js';
import { LOX24_STATUSES } from './lox24-statuses.js';

/** docs/providers/lox24.md, in its own words. */
export const lox24Page: ProviderPage = {
  title: 'LOX24',
  about:
    'The SMS gateway of LOX24 in Berlin, described for [http](http.md). Its interface has no validity: a message may arrive after its ' +
    'code has expired. Three requests a minute with a wrong key close the interface for ten minutes.',
  example: `
main:
  type: lox24
  channel: sms
  authToken: \${LOX24_AUTH_TOKEN}
  from: Example`.trim(),
  setUp: `
A webhook of the account for the event \`sms.delivery\` at \`{PUBLIC_URL}/v1/reports/{id}\`, in JSON. Where there can be none,
\`reports: asked-for\` asks for the status of each message every ten seconds instead.`.trim(),
  reports: `
LOX24 signs nothing. What proves a webhook genuine is \`callback_data\`, which comes back as it was sent: the send attempt and a MAC that
only this installation can make. LOX24 tries up to four times, on an older page only for good news.`.trim(),
  tried: 'Only read: LOX24’s documentation. The vendor was not contacted.',
  inShort: { reports: 'pushed, or asked for', genuine: 'MAC in callback_data', tried: 'only read' },
  reportsTo: ['account'],
  statuses: LOX24_STATUSES,
};
