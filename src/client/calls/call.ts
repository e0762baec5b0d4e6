import { CALLS, type Calls } from '../api.js';
import { ask } from '../asking/ask.js';
import type { Settings } from '../settings.js';
import type { CallName } from './carried.js';
import { errorIn, type EinmalError } from './errors.js';
import { isDone } from './is-done.js';
import { questionFor, refusedBefore } from './question-for.js';
import type { Request } from './request.js';

/** What a call came to. Nothing that can happen is thrown. */
export type Result<Call extends CallName> =
  { ok: true; data: Calls[Call]['answer'] } | { ok: false; error: EinmalError<Call> };

/** Done twice, these are like done once. A message that is asked for twice may be sent twice. */
const HARMLESS: readonly CallName[] = [
  ...(['cancelVerification', 'readVerification', 'searchFactors', 'readFactor', 'renameFactor'] as const),
  ...(['activateFactor', 'importFactors', 'unlockFactor', 'eraseFactors'] as const),
];

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
