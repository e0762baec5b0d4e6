import type { ReportRequest } from '../../../application/provider.js';
import { signedParameters } from './twilio-signature.js';

/** Of itself Twilio asks again only where it could not connect, and then once. With this, a report outlives a restart of ours. */
export const ASK_AGAIN = '#rc=5&rp=all';

/** What a callback says that Twilio signed. It signs the address without its fragment; what only speaks its language may not. */
export const callbackParameters = (request: ReportRequest, authToken: string): URLSearchParams | null =>
  signedParameters(request, authToken) ?? signedParameters({ ...request, url: request.url + ASK_AGAIN }, authToken);
