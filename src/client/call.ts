import type { Answer } from './answer.js';
import { CALLS, type Calls } from './api.js';
import { ask } from './ask.js';
import type { CallName } from './carried.js';
import { errorIn, type EinmalError } from './errors.js';
import type { Given } from './given.js';
import { questionFor, refusedBefore } from './question-for.js';
import type { Settings } from './settings.js';

/** What a call came to. Nothing that can happen is thrown. */
export type Result<Call extends CallName> =
  { ok: true; data: Calls[Call]['answer'] } | { ok: false; error: EinmalError<Call> };

export interface CallOptions {
  /** Gives up when it is aborted: `aborted`. */
  signal?: AbortSignal | undefined;
  /** Instead of the client's. */
  timeoutMs?: number | undefined;
  /** Of `error.endUser`, as Accept-Language has it. Default: the verification's `locale`, else English. */
  language?: string | undefined;
}

export interface RepeatableOptions extends CallOptions {
  /**
   * Makes calls one and the same, also those of different processes: a form that was sent twice. 1 to 255 visible ASCII
   * characters. Default: a new one for each call, for its own repetitions.
   */
  idempotencyKey?: string | undefined;
}

export interface Request<Call extends CallName> {
  /** The verification's. */
  id?: string;
  body?: Given<Calls[Call]['body']> | undefined;
  options?: RepeatableOptions | undefined;
}

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
