import type { Calls } from '../api.js';
import type { CallName } from './carried.js';
import type { Given } from './given.js';

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

export interface ProofOptions extends RepeatableOptions {
  /**
   * The token of an approval by a code of one of the person's factors, with the purpose `change-factors`. Needed where the person
   * has a factor and the API key lacks the scope `admin`. The call consumes it.
   */
  approvalToken?: string | undefined;
}

export interface Request<Call extends CallName> {
  /** Of the verification, or of the factor. */
  id?: string;
  body?: Given<Calls[Call]['body']> | undefined;
  options?: ProofOptions | undefined;
}
