import type { ProviderPage } from '../../../application/provider-type.js';
import { RECEIPT_STATES } from '../receipts/receipt-states.js';

/** docs/providers/http.md, in its own words. */
export const httpPage: ProviderPage = {
  title: 'Any gateway with an HTTP interface',
  about: `
A gateway that no other type knows, described instead of programmed: what it is sent, which of its answers mean yes, and where its
reports say what. Gateways written out in full, of every kind, are in [http-recipes.md](../http-recipes.md).

**Variables** stand in braces wherever a text may: \`{to}\` (E.164, \`+49…\`), \`{toDigits}\` (\`49…\`), \`{to00}\` (\`0049…\`), \`{text}\`,
\`{textHex}\` (UTF-16, in hexadecimal), \`{from}\`, \`{validitySeconds}\`, \`{validityMinutes}\`, \`{validityMillis}\`, \`{validUntil}\`
(ISO 8601), \`{validUntilUnix}\`, \`{encoding}\` (a word of \`encodings\`), \`{segments}\`, \`{attemptId}\`, \`{reference}\`, \`{reportUrl}\`,
\`{locale}\`, \`{language}\`, and your own \`values\`. \`{name:number}\` and \`{name:string}\` choose the type in JSON. A brace that is
meant as one is doubled; a password belongs into \`values\`, where its braces mean nothing. Each value is escaped for where it stands, so that none can end a field or begin another.

Instead of a text, a field may be \`{gsm7: …, ucs2: …}\`, for gateways that want other fields for other alphabets; with one of the
two left out, the field is sent for the other only. A field of a form or a query may also be \`{xml: …}\` or \`{json: …}\`, for gateways
that want a whole document in one field.

**Places** say where something stands in what the gateway sends: \`{json: $.messages[0].id}\`, \`{xml: /response/message[1]/@id}\`,
\`{regex: 'id=(\\d+)'}\`, \`{query: id}\`, \`{form: id}\`, \`{header: x-id}\`. Several of one kind are tried in order: \`{json: $.id | $.sid}\`.

**What an answer means.** \`accepted\` first: its HTTP status, and what must stand where; with \`id\` alone, the id must be there. Then
\`errors\`: the code at \`refused.code\`, \`http 402\` for an HTTP status, \`*\` for every code that is not listed. Without either, HTTP decides:
429 and 503 are a limit, other 5xx an outage, 401 and 403 a wrong password, other 4xx a mistake in this one request. A 2xx that is not what was described may
be a message on its way: it is never sent again by itself, and the report timeout decides.`.trim(),
  example: `
main:
  type: http
  channel: sms
  from: Example
  auth: { bearer: '\${GATEWAY_TOKEN}' }
  send:
    url: https://gateway.example/v1/messages
    json: { to: '{to}', from: '{from}', text: '{text}', ttl: '{validitySeconds}', callback: '{reportUrl}' }
  accepted: { id: { json: $.id } }
  reports: { status: { json: $.status } }
  statuses: { delivered: delivered, sent: underway, expired: expired, failed: { cause: other, transient: true } }`.trim(),
  setUp: `
With \`reports.to: message\`, nothing: each message carries the address for its reports, \`{reportUrl}\`. With \`reports.to: account\`, that
address, and what proves a report genuine: a \`secret\` in a header or in the address, or the \`signature\` it makes. A gateway that gives
back a reference of yours needs neither: \`{reference}\` holds the send attempt and a MAC.`.trim(),
  reports: `
Reports are GET or POST, of any content type. \`statuses\` says what the gateway's words and codes mean, in any spelling; words of SMPP
receipts (\`DELIVRD\`, \`UNDELIV\`, …) are known. A word that nobody has explained keeps waiting. \`reports.code\` makes a failure more
exact: \`30005\`, or both together as \`failed 30005\`; it may stand in \`statuses\`, or in \`codes\` where the same numbers are statuses, too. No
code makes good news of a status that is none.

Where a gateway reports nothing by itself, \`poll\` asks it by its id, one process at a time, while the message waits for its report
timeout.`.trim(),
  tried:
    'Against a server that is made to answer as the documents of several vendors say, in every run of the tests. No vendor was contacted.',
  inShort: {
    reports: 'pushed or asked for',
    genuine: 'MAC in the address, secret or signature',
    tried: 'a server of ours',
  },
  reportsTo: ['message', 'account'],
  statuses: RECEIPT_STATES,
};
