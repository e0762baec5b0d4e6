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

export interface Request<Call extends CallName> {
  /** The verification's. */
  id?: string;
  body?: Given<Calls[Call]['body']> | undefined;
  options?: RepeatableOptions | undefined;
}
