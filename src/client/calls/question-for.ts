import { CALLS } from '../api.js';
import type { Answer } from '../asking/answer.js';
import type { Question } from '../asking/ask-once.js';
import type { Settings } from '../settings.js';
import type { CallName } from './carried.js';
import type { Request } from './request.js';

/** One part of a path. Anything else, from a form perhaps, would ask for another path: `..`. */
const ID = /^[\w-]{1,100}$/;
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** The request of a call, the same for each of its tries: they have one idempotency key. */
export function questionFor<Call extends CallName>(
  { base, apiKey }: Settings,
  name: Call,
  { id = '', body, options: { idempotencyKey, approvalToken, language } = {} }: Request<Call>,
): Question {
  const { method, path, takesKey, takesProof } = CALLS[name];
  const hasBody = method === 'POST' || method === 'PATCH';
  return {
    url: base + path.replace('{id}', id),
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json, application/problem+json',
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(takesKey && { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }),
      ...(takesProof && approvalToken !== undefined && { 'approval-token': approvalToken }),
      // Whatever a browser sent may be passed on; what no header can hold is left out.
      ...(language !== undefined && /^[\x20-\x7e]+$/.test(language) && { 'accept-language': language }),
    },
    ...(hasBody && { body: JSON.stringify(body ?? {}) }),
  };
}

/** What the service would answer to values that can not be sent at all; null where there are none. */
export function refusedBefore({ id, options }: Request<CallName>): Answer | null {
  if (id !== undefined && !ID.test(id)) return refusal(404, 'not-found', 'There is nothing with this id.');
  if (options?.idempotencyKey !== undefined && !VISIBLE_ASCII.test(options.idempotencyKey))
    return refusal(400, 'invalid-request', 'idempotencyKey: must be 1 to 255 visible ASCII characters.');
  if (options?.approvalToken !== undefined && !/^[\x21-\x7e]+$/.test(options.approvalToken))
    return refusal(422, 'invalid-token', 'approvalToken: this is no approval token.');
  return null;
}

const refusal = (status: number, code: string, detail: string): Answer => ({ status, body: { code, detail } });
