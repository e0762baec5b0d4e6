import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** UUIDs, ULIDs, trace ids. Nothing so short that a code or a phone number would fit, since it goes into the log. */
const WELL_FORMED = /^[\w.-]{16,64}$/;

/**
 * Names requests: by the caller's `X-Request-Id` if it is well-formed, so that a login can be followed through both systems, else
 * by a name of ours, unique over all processes. The answer carries it, and every log line about the request.
 */
export function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const thisProcess = randomBytes(9).toString('base64url');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && WELL_FORMED.test(given)) return given;
    count += 1;
    return `${thisProcess}-${count.toString(36)}`;
  };
}
