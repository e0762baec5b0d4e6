import type { ProviderPage } from '../../../application/provider-type.js';
import { DSN_STATUSES } from './dsn-statuses.js';
import { SMTP_ERRORS } from './smtp-errors.js';

export const smtpPage: ProviderPage = {
  title: 'Mail server',
  about: `Any server that takes mail by SMTP: a relay of your own, or a mail provider’s. A message has a plain text, and the same in HTML where
there is one. A mail that comes back starts the next channel, once the server pipes it to Einmal.`,
  example: `
    mail:
      type: smtp
      channel: email
      host: smtp.shop.example
      port: 587
      username: einmal
      password: \${SMTP_PASSWORD}
      from: Shop <login@shop.example>
      bounces: { address: bounces@shop.example }`,
  setUp: `With \`bounces\`, each message has an envelope sender of its own, \`bounces+{mark}@shop.example\` (VERP). What comes to it is to be posted, as it
came, to \`{PUBLIC_URL}/v1/reports/{id}\`: \`Content-Type: message/rfc822\`, at most 1 MB, of which the beginning matters.
[\`ops/pipe-bounce\`](../../ops/pipe-bounce) does so with \`curl\`: it ends with 0 when the mail was taken or is nobody’s bounce, and with
75 (\`EX_TEMPFAIL\`) when the mail server is to try again. Below, \`einmal.example\` stands for \`PUBLIC_URL\`, and \`mail\` for the provider’s id.

**Postfix**, with \`recipient_delimiter = +\`: in \`/etc/aliases\`, and then \`newaliases\`,

\`\`\`
bounces: "|/usr/local/bin/pipe-bounce https://einmal.example/v1/reports/mail"
\`\`\`

or, where the domain is not local, a transport: in \`master.cf\`

\`\`\`
einmal unix - n n - 5 pipe
  flags=DRX user=nobody argv=/usr/local/bin/pipe-bounce https://einmal.example/v1/reports/mail
\`\`\`

\`einmal_destination_recipient_limit = 1\` in \`main.cf\`, and \`bounces@shop.example einmal:\` in \`transport_maps\`. The flags write \`Delivered-To\`, \`X-Original-To\` and \`Return-Path\`.

**Exim**: a router before the one for users, and its transport:

\`\`\`
bounces:
  driver = accept
  domains = shop.example
  local_parts = bounces
  local_part_suffix = +*
  transport = pipe_bounce

pipe_bounce:
  driver = pipe
  command = /usr/local/bin/pipe-bounce https://einmal.example/v1/reports/mail
  user = nobody
  envelope_to_add
  return_fail_output
\`\`\`

Exim takes 75 for “try again” by itself (\`temp_errors\`).

**A mailbox of its own**: \`"|/usr/local/bin/pipe-bounce https://einmal.example/v1/reports/mail"\` as \`.forward\`, or, with Dovecot’s \`vnd.dovecot.pipe\`,
\`require "vnd.dovecot.pipe"; pipe "pipe-bounce" ["https://einmal.example/v1/reports/mail"];\` as Sieve script. A mail provider that sends each
mail to a webhook as it came will do, too.

A mark is good for one provider: where there are several \`smtp\` providers, each has a \`bounces\` address and a pipe of its own.

Without \`bounces\`, mail comes back to \`from\`. It is known by its envelope id (RFC 3461) or by the Message-ID of the returned message.`,
  reports: `Delivery status notifications (RFC 3464, RFC 6533). What proves one genuine is the mark: it holds the send attempt and a MAC that only this
installation can make, so that only a message’s recipient and the servers on its way could say that it came back. Without a mark of ours
the answer is 403, and nothing has changed. Any spelling of the address will do: in capitals, or with what BATV and SRS add.

The receiving server’s own code, in \`Diagnostic-Code\`, goes before the \`Status\` of the one that gave up: Exim says 5.0.0 of everything. A
code is looked up as a whole (\`5.1.1\`), then its beginning (\`5.1\`), then the SMTP reply (\`550\`), then the class (\`5\`). Where an address stands
for several mailboxes, one that was reached is enough.

\`relayed\` and \`expanded\` are no proof of arrival: the next server may still refuse the mail. An auto-reply, a complaint (ARF) and a bounce
without a report part say nothing reliable and are kept as \`unknown\`.

A mail that has arrived is reported by nobody, so that the report timeout decides. Put e-mail last in a plan, or give it a longer
time (\`reportTimeoutSeconds: {email: 900}\`), or set \`confirm\`: then the mail server says \`delivered\` of its own mailboxes, and \`relayed\` once the next server has
taken the mail (Exim says \`delivered\` then, too). \`statuses: {relayed: delivered}\` takes that for arrival; a failure that follows is noted and starts nothing.`,
  tried: `Postfix 3.7 and Exim 4.96: their notices, recorded, and the whole way, from a mail that the recipient’s server refuses after they have
taken it, through the settings above, to the next channel; a report that can not be taken stays in their queues. Only read: what other
servers send, \`.forward\`, Sieve.`,
  inShort: {
    reports: 'bounces by mail',
    genuine: 'a MAC in the envelope sender',
    tried: 'Postfix 3.7, Exim 4.96',
  },
  reportsTo: ['account'],
  statuses: DSN_STATUSES,
  errors: SMTP_ERRORS,
};
