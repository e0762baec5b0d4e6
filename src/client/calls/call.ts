import { CALLS, type Calls } from '../api.js';
import type { Answer } from '../asking/answer.js';
import { ask } from '../asking/ask.js';
import type { Settings } from '../settings.js';
import type { CallName } from './carried.js';
import { errorIn, type EinmalError } from './errors.js';
import { questionFor, refusedBefore } from './question-for.js';
import type { Request } from './request.js';

/** What a call came to. Nothing that can happen is thrown. */
export type Result<Call extends CallName> =
  { ok: true; data: Calls[Call]['answer'] } | { ok: false; error: EinmalError<Call> };

/** Canceling and reading twice is like doing it once. A message that is asked for twice may be sent twice. */
const HARMLESS: readonly CallName[] = ['cancelVerification', 'readVerification'];

/** Makes one call, with its repetitions. */
export async function call<Call extends CallName>(
  settings: Settings,
  name: Call,
  request: Request<Call>,
): Promise<Result<Call>> {
  const refused = refusedBefore(request);
  if (refused) return { ok: false, error: errorIn(name, refused) };
  const repeatable = CALLS[name].takesKey || HARMLESS.includes(name);
  const { timeoutMs = settings.timeoutMs, signal } = request.options ?? {};
  const answer = await ask(settings.fetch, questionFor(settings, name, request), { repeatable, timeoutMs, signal });
  if ('code' in answer) return { ok: false, error: answer };
  return isDone(name, answer)
    ? { ok: true, data: answer.body as Calls[Call]['answer'] }
    : { ok: false, error: errorIn(name, answer) };
}

/** A 2xx of the service, and not a page of somebody between: a check is approved by nothing less than the word. */
function isDone(name: CallName, { status, body }: Answer): boolean {
  if (status < 200 || status > 299 || typeof body !== 'object' || body === null) return false;
  const { id, tokenId, status: state } = body as Record<string, unknown>;
  if (name === 'consumeToken') return typeof tokenId === 'string';
  return typeof id === 'string' && (name !== 'checkCode' || state === 'approved');
}
