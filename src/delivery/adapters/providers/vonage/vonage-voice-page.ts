import type { ProviderPage } from '../../../application/provider-type.js';
import { VONAGE_CALL_ERRORS } from './vonage-voice-errors.js';
import { VONAGE_CALL_STATUS } from './vonage-voice-statuses.js';

/** docs/providers/vonage-voice.md, in its own words. */
export const vonageVoicePage: ProviderPage = {
  title: 'Vonage Voice API',
  about:
    'Calls over Vonage’s Voice API, version 1. The code is said digit by digit, twice, in the language of the recipient. Where the ' +
    'application’s setting `voice.keyPress` is on, the call only says who calls and which key to press: the code is made when it ' +
    'was pressed, so that no answering machine ever has it.',
  example: `
calls:
  type: vonage-voice
  channel: voice
  applicationId: 00000000-0000-0000-0000-000000000000
  privateKey: \${VONAGE_PRIVATE_KEY}
  signatureSecret: \${VONAGE_SIGNATURE_SECRET}
  from: '+4930123456'
  maxPerSecond: 3`.trim(),
  setUp: `
An application with the capability Voice and a key pair; each call carries its addresses. Vonage must reach \`PUBLIC_URL\`.

- \`privateKey\` is the file \`private.key\`; in a variable of one line, its lines may end in \`\\n\`.
- **Use signed webhooks** must be on for the application’s Voice capability. What is not signed is refused.
- \`signatureSecret\` stands in the dashboard under Settings. It signs for all applications of the account: name \`apiKey\` as well
  where callbacks do not name the application.
- \`from\` is a number of the account that can call.
- \`maxPerSecond\`: Vonage takes three calls a second.
- A call in a language that Vonage has no voice for is refused, and the next channel taken.`.trim(),
  reports: `
A POST for each event, with a JSON Web Token (HS256) that names the account and holds a hash of the body. Taken is one that was made
within the last five minutes, over this body, for this account, at an address whose MAC is right. They come in any order.

What shows that somebody heard the code:

- Without a key press, a \`completed\` call that lasted (\`duration\`): a mailbox does that, too. \`completed\` follows \`busy\` and
  \`unanswered\` as well, without a duration, and says nothing then.
- With \`machineDetection\`, a \`human\` voice; Vonage hangs up on a \`machine\`, which counts as not answered, and \`completed\` alone
  as nothing. The beginning of the code may be on the machine all the same.
- With a key press, the key alone: \`/v1/calls/{id}/{attempt}/{mac}\` is asked for the code, by the same proofs, and that is the report
  \`key pressed\`. A call that ends without it counts as not answered. A wrong key ends the call. A question that is repeated within
  20 s gets a fresh code in place of the former one; a later one gets none.`.trim(),
  tried:
    'Requests against Vonage’s published OpenAPI file and NCCO schema, tokens against its own npm package, both ways. No account was ' +
    'used: when events come, their details and how an empty list of actions ends a call were only read.',
  inShort: { reports: 'pushed', genuine: 'signed token', tried: 'its OpenAPI file and npm package' },
  reportsTo: ['message'],
  statuses: VONAGE_CALL_STATUS,
  errors: VONAGE_CALL_ERRORS,
};
