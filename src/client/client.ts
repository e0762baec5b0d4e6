import type { CheckCode, ConsumeToken, ResendCode, StartVerification } from './api.js';
import { call, type Result } from './calls/call.js';
import type { Given } from './calls/given.js';
import type { CallOptions, RepeatableOptions } from './calls/request.js';
import { readSettings, type EinmalOptions } from './settings.js';

export type { Result } from './calls/call.js';
export type { CallOptions, RepeatableOptions } from './calls/request.js';
export type { CheckCode, ConsumeToken, ResendCode, StartVerification } from './api.js';
export type { Approval, ConsumedToken, Delivery, Verification, VerificationHistory } from './api.js';
export type { NoAnswer } from './asking/answer.js';
export type { EinmalError, Unexpected } from './calls/errors.js';
export type { EinmalOptions } from './settings.js';
export { bindingHash, type Binding } from './binding-hash.js';

/** The calls of a login flow. Each gives `{ ok: true, data }` or `{ ok: false, error }`; `error.code` tells the cases apart. */
export interface Einmal {
  /** Sends a code over the first channel that can carry it, and over the next where that fails. */
  startVerification(
    verification: Given<StartVerification>,
    options?: RepeatableOptions,
  ): Promise<Result<'startVerification'>>;
  /**
   * Compares what the person typed. `ok` means approved, and nothing else does. What the start named as `subject`, `purpose`
   * and `binding` must be named again.
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

/**
 * A client of the service at `baseUrl`.
 *
 * @throws TypeError when the options can not be right. Calls throw for nothing that can happen.
 */
export function createEinmal(options: EinmalOptions): Einmal {
  const settings = readSettings(options);
  return Object.freeze<Einmal>({
    startVerification: (body, options) => call(settings, 'startVerification', { body, options }),
    checkCode: (id, body, options) => call(settings, 'checkCode', { id, body, options }),
    resendCode: (id, body, options) => call(settings, 'resendCode', { id, body, options }),
    cancelVerification: (id, options) => call(settings, 'cancelVerification', { id, options }),
    readVerification: (id, options) => call(settings, 'readVerification', { id, options }),
    consumeToken: (body, options) => call(settings, 'consumeToken', { body, options }),
  });
}
