import type { ProviderPage } from '../../../application/provider-type.js';
import { NETWORK_ERRORS } from '../receipts/network-errors.js';
import { RECEIPT_STATES } from '../receipts/receipt-states.js';
import { SUBMIT_ERRORS } from '../receipts/submit-errors.js';

/** docs/providers/smpp.md, in its own words. */
export const smppPage: ProviderPage = {
  title: 'SMPP',
  about:
    'Straight to an SMSC over TCP, by SMPP 3.4. Each process keeps its own links: it opens them when it starts, asks now and then ' +
    'whether the SMSC is there, and opens them again when they are lost, ever more slowly.',
  example: `
smsc:
  type: smpp
  channel: sms
  host: smsc.example
  systemId: einmal
  password: \${SMSC_PASSWORD}
  from: Example`.trim(),
  setUp: `
The account's operator must allow as many binds as there are processes that send (\`ROLE\` all or worker), times \`binds\`. Ask for:

- a system id and a password of at most 8 characters, whether they want \`systemType\` and TLS, and how many unanswered messages
  (\`window\`) and messages a second (\`maxPerSecond\`) they take from one link;
- final delivery receipts, over every bind of the account;
- what their default alphabet is, and their list of network error codes: \`statuses: {'060': unreachable}\` makes them known.

A bind that is refused (a wrong password, say) is told in the log as \`provider.link-down\`, shows in the provider's health, and is
asked for again after 10 s, then ever later, up to five minutes: accounts are locked for less.

Ids: some SMSCs answer with decimal ids and write hexadecimal ones in receipts, or the other way round. With \`messageIds: auto\` a
process finds out, by the first receipt of its own messages or by the looks of 32 ids, and logs
\`provider.message-ids-learned\`. Write down what it found: until then a receipt at another process is
taken for that of the message with the very id, or, where its letters allow two readings, kept for both: there is hardly ever
more than one such message.`.trim(),
  reports: `
Delivery receipts over the link (\`deliver_sm\` or \`data_sm\`), by text, by optional parameters, or both, on whichever process the
SMSC chooses. They are acknowledged once they are stored; until then the SMSC repeats them. As genuine as the link: use TLS or a
private network. Only what the SMSC marks as a receipt is one, because phones can send any text; \`unmarkedReceipts\` changes that.

Of a message of several parts the last one's receipt decides: parts are delivered in order. A message that was written to a link
which then broke, or that was not answered in time, may have arrived: it is not sent again, and the report timeout decides.`.trim(),
  tried:
    'A server on npm smpp that plays 26 outcomes, and rude ones, in every run of the tests, with 1,000 messages on a link that breaks; ' +
    'by hand, a server on Perl’s Net::SMPP. What is sent was read by libsmpp34 without complaint. No real operator’s SMSC.',
  inShort: { reports: 'over the link', genuine: 'the link', tried: 'servers on npm smpp and Net::SMPP' },
  statuses: { ...RECEIPT_STATES, ...NETWORK_ERRORS },
  errors: SUBMIT_ERRORS,
};
