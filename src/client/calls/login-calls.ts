import type { CheckCode, ConsumeToken, ResendCode, StartVerification } from '../api.js';
import type { Settings } from '../settings.js';
import { call, type Result } from './call.js';
import type { Given } from './given.js';
import type { CallOptions, RepeatableOptions } from './request.js';

/** The calls of a login flow, whatever confirms it: a code that was sent, an authenticator, a backup code. */
export interface LoginCalls {
  /**
   * Sends a code over the first channel that can carry it, and over the next where that fails. With `subject` the answer names
   * the person's factors; where one comes first in `channels`, nothing is sent.
   */
  startVerification(
    verification: Given<StartVerification>,
    options?: RepeatableOptions,
  ): Promise<Result<'startVerification'>>;
  /**
   * Compares what the person typed. `ok` means approved, and nothing else does. What the start named as `subject`, `purpose`
   * and `binding` must be named again; a code of a factor names its `channel`.
   */
  checkCode(id: string, guess: Given<CheckCode>, options?: RepeatableOptions): Promise<Result<'checkCode'>>;
  /** Sends another code, from `resendAt` on. Never repeated by itself: the person presses the button again. */
  resendCode(id: string, how?: Given<ResendCode>, options?: CallOptions): Promise<Result<'resendCode'>>;
  /** Nothing more is sent, and no code is right any more. Canceling twice is fine. */
  cancelVerification(id: string, options?: CallOptions): Promise<Result<'cancelVerification'>>;
  /** With its timeline: why a code arrived, or did not. */
  readVerification(id: string, options?: CallOptions): Promise<Result<'readVerification'>>;
  /** Uses an approval token up. What the token names as subject, purpose and binding must be named the same. */
  consumeToken(token: Given<ConsumeToken>, options?: RepeatableOptions): Promise<Result<'consumeToken'>>;
}

export const loginCalls = (settings: Settings): LoginCalls => ({
  startVerification: (body, options) => call(settings, 'startVerification', { body, options }),
  checkCode: (id, body, options) => call(settings, 'checkCode', { id, body, options }),
  resendCode: (id, body, options) => call(settings, 'resendCode', { id, body, options }),
  cancelVerification: (id, options) => call(settings, 'cancelVerification', { id, options }),
  readVerification: (id, options) => call(settings, 'readVerification', { id, options }),
  consumeToken: (body, options) => call(settings, 'consumeToken', { body, options }),
});
