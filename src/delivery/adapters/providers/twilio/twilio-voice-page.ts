import type { ProviderPage } from '../../../application/provider-type.js';
import { TWILIO_CALL_ERRORS } from './twilio-voice-errors.js';
import { TWILIO_CALL_STATUS } from './twilio-voice-statuses.js';

/** docs/providers/twilio-voice.md, in its own words. */
export const twilioVoicePage: ProviderPage = {
  title: 'Twilio Programmable Voice',
  about:
    'Calls over Twilio’s Calls resource (API 2010-04-01). The code is said digit by digit, twice, in the language of the recipient. ' +
    'Where the application’s setting `voice.keyPress` is on, the call only says who calls and which key to press: the code is made ' +
    'when it was pressed, so that no answering machine ever has it.',
  example: `
calls:
  type: twilio-voice
  channel: voice
  accountSid: AC00000000000000000000000000000000
  authToken: \${TWILIO_AUTH_TOKEN}
  from: '+4930123456'
  maxPerSecond: 1`.trim(),
  setUp: `
Nothing but its account: each call carries its addresses. Twilio must reach \`PUBLIC_URL\`, and \`PUBLIC_URL\` must be what Twilio sees,
not what a proxy turns it into: the signature is over it.

- \`authToken\` is the **primary** auth token of the very account or subaccount. When it is exchanged, change it here at the same time.
- \`from\` is a number of the account that can call, or a verified one.
- The countries you call must be enabled under Voice, Geo permissions; or every call there is refused with 21215.
- \`maxPerSecond\`: an account begins one call a second until Twilio allows more. What is above it waits in Twilio’s queue.
- The voices are Amazon Polly’s and Google’s standard ones. A call in a language that has none is refused, and the next channel taken.`.trim(),
  reports: `
A POST for each event, signed in \`X-Twilio-Signature\` over the public address and all parameters. Both the signature and the address
with its MAC must be right. Twilio says nothing when a report was sent, so that an old one proves genuine again; it is the same report
then, and counts once. They come in any order.

What shows that somebody heard the code:

- Without a key press, that the call was taken and ended (\`completed\`): a mailbox does that, too.
- With \`machineDetection\`, a \`human\` voice; \`machine_…\` and \`fax\` count as not answered, and \`completed\` alone as nothing. The
  code may be on the machine all the same.
- With a key press, the key alone: \`/v1/calls/{id}/{attempt}/{mac}\` is asked for the code, by the same proofs, and that is the report
  \`key pressed\`. A call that ends without it counts as not answered. A wrong key ends the call. A question that is repeated within
  20 s gets a fresh code in place of the former one; a later one gets none.`.trim(),
  tried:
    'Requests against Twilio’s published OpenAPI file, signatures and voices against its own npm package. No account was used: when ' +
    'callbacks come, `AnsweredBy`, `SipResponseCode` and error codes were only read.',
  inShort: { reports: 'pushed', genuine: 'signature', tried: 'its OpenAPI file and npm package' },
  reportsTo: ['message'],
  statuses: TWILIO_CALL_STATUS,
  errors: TWILIO_CALL_ERRORS,
};
