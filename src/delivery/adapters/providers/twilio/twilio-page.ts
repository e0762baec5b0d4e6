import type { ProviderPage } from '../../../application/provider-type.js';
import { TWILIO_ERRORS } from './twilio-errors.js';
import { TWILIO_STATUSES } from './twilio-statuses.js';

/** docs/providers/twilio.md, in its own words. */
export const twilioPage: ProviderPage = {
  title: 'Twilio Programmable Messaging',
  about:
    'Text messages over Twilio’s Messages resource (API 2010-04-01). Each message is valid in Twilio’s queue for as long as its code ' +
    'lives; what a carrier has taken already, that does not call back.',
  example: `
main:
  type: twilio
  channel: sms
  accountSid: AC00000000000000000000000000000000
  authToken: \${TWILIO_AUTH_TOKEN}
  from: '+491511234567'`.trim(),
  setUp: `
Nothing but its account: each message carries the address for its reports. Twilio must reach \`PUBLIC_URL\`, and \`PUBLIC_URL\` must
be what Twilio sees, not what a proxy turns it into: the signature is over it.

- \`authToken\` is the **primary** auth token of the very account or subaccount. When it is exchanged, change it here at the same time.
- In place of one number, \`messagingServiceSid\` names a messaging service; what an application sets as its sender must be in it.
- The countries you send to must be enabled under Messaging, Geo permissions; or every message there is refused with 21408.
- Twilio’s test credentials send nothing and report nothing.`.trim(),
  reports: `
A POST for each status, signed in \`X-Twilio-Signature\` over the public address and all parameters (GET and JSON with \`bodySHA256\` are
understood as well). The signature must be right, and so must the MAC where the address has one. Twilio says nothing when a report
was sent, so that an old one proves genuine again; it is the same report then, and counts once.

Of itself Twilio asks a second time only where it could not connect. Each message’s address therefore ends in \`#rc=5&rp=all\`, which
makes it ask up to five times more, within 15 s. A signed report at \`/v1/reports/{id}\` is taken too, and matched by its \`MessageSid\`.

The error code decides where the status is a failure, the status where there is no code or nobody knows it. A later report without
a code changes nothing. Some routes stop at \`sent\`: the report timeout decides then.`.trim(),
  tried:
    'Requests against Twilio’s published OpenAPI file, signatures against its own npm package, both ways. No account was used: error ' +
    'codes and when callbacks come were only read.',
  inShort: { reports: 'pushed', genuine: 'signature', tried: 'its OpenAPI file and npm package' },
  reportsTo: ['message', 'account'],
  statuses: TWILIO_STATUSES,
  errors: TWILIO_ERRORS,
};
