import type { ProviderPage } from '../../../application/provider-type.js';
import { KANNEL_ERRORS } from './kannel-errors.js';
import { NETWORK_ERRORS } from '../receipts/network-errors.js';
import { RECEIPT_STATES } from '../receipts/receipt-states.js';

/** docs/providers/kannel.md, in its own words. */
export const kannelPage: ProviderPage = {
  title: 'Kannel',
  about:
    'The SMS gateway of that name, version 1.4: messages go in by HTTP, and out over whatever the SMSC speaks. What a message says ' +
    'goes into the body and the headers of a POST, so that it is in no access log.',
  example: `
main:
  type: kannel
  channel: sms
  url: http://kannel.internal:13013/cgi-bin/sendsms
  username: einmal
  password: \${KANNEL_PASSWORD}
  from: Example`.trim(),
  setUp: `
Nothing but its account: each message carries the address for its reports. In \`kannel.conf\`:

- \`sendsms-user\` with \`max-messages\` of at least 2 where texts may be longer than one SMS.
- \`http-request-retry = 5\` in the group \`smsbox\`. Without it, a report that can not be handed over at once is lost.
- \`dlr-storage\` other than \`internal\`, or reports of messages that were underway are lost when bearerbox restarts.
- Kannel must reach \`PUBLIC_URL\`, and only Einmal its port.`.trim(),
  reports: `
One HTTP GET for each event, without a signature. What proves it genuine is its address, which holds the send attempt and a MAC that
only this installation can make. Kannel takes nothing but 200 and 202 for success.

Not known after its report, so that the report timeout decides: \`NACK/Retries Exceeded\` (an SMSC that did not answer may have
the message, more than once) and \`NACK/3: Queued for later delivery\` (a second gateway has it in its queue). Of a text of several
parts, only the first is reported.`.trim(),
  tried:
    'Kannel 1.4.5 itself, with an SMPP server behind it that plays 26 outcomes, in every run of the tests. No real operator’s SMSC.',
  inShort: { reports: 'pushed', genuine: 'MAC in the address', tried: 'Kannel 1.4.5' },
  reportsTo: ['message'],
  statuses: { ...RECEIPT_STATES, ...NETWORK_ERRORS },
  errors: KANNEL_ERRORS,
};
