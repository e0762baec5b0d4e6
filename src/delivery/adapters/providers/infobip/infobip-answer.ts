import { z } from 'zod';
import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, type ErrorMap } from '../outcomes/error-map.js';
import type { Answer } from '../outcomes/http-outcome.js';
import { messageIdIn } from '../proofs/message-id.js';
import { INFOBIP_ERRORS } from './infobip-errors.js';
import { readJson, sentSchema } from './infobip-message.js';

const code = z.string().regex(/^\w{1,64}$/);
/** What is wrong with the request, as `ApiError` and, before that, `ApiException` say it. */
const errorSchema = z.union([
  z.object({ errorCode: code }).transform(({ errorCode }) => errorCode),
  z
    .object({ requestError: z.object({ serviceException: z.object({ messageId: code }) }) })
    .transform(({ requestError }) => requestError.serviceException.messageId),
]);

const TAKEN = ['PENDING', 'DELIVERED'];
const ALREADY_THERE = 'REJECTED_DUPLICATE_MESSAGE_ID';

/**
 * What Infobip says of a submit: of the one message in it, or of the whole request.
 *
 * @param errors the operator's own meanings of codes.
 * @returns null for what nobody documented.
 */
export function readInfobipAnswer({ status, body }: Answer, errors: ErrorMap | undefined): SubmitOutcome | null {
  if (status < 300) return ofMessage(body, errors);
  const error = readJson(errorSchema, body);
  return error === null ? null : refusal([error], errors);
}

function ofMessage(body: string, errors: ErrorMap | undefined): SubmitOutcome | null {
  const [message] = readJson(sentSchema, body)?.messages ?? [];
  if (!message) return null;
  const { messageId, status } = message;
  if (TAKEN.includes(status.group)) return { kind: 'accepted', ...messageIdIn(messageId) };
  // It has an id of ours, and we use none twice: whatever came before this has arrived.
  if (status.name === ALREADY_THERE) return { kind: 'ambiguous', detail: ALREADY_THERE };
  return refusal([status.name ?? status.group, status.group], errors);
}

function refusal(codes: string[], errors: ErrorMap | undefined): SubmitOutcome | null {
  const known = codes.find((one) => refusalOf(one, errors, INFOBIP_ERRORS));
  const refused = known === undefined ? undefined : refusalOf(known, errors, INFOBIP_ERRORS);
  return refused ? refuse(refused, codes[0] ?? '') : null;
}
