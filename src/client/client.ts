import { factorCalls, type FactorCalls } from './calls/factor-calls.js';
import { loginCalls, type LoginCalls } from './calls/login-calls.js';
import { readSettings, type EinmalOptions } from './settings.js';

export type { FactorCalls } from './calls/factor-calls.js';
export type { LoginCalls } from './calls/login-calls.js';
export type { Result } from './calls/call.js';
export type { CallOptions, ProofOptions, RepeatableOptions } from './calls/request.js';
export type { CheckCode, ConsumeToken, ResendCode, StartVerification } from './api.js';
export type {
  Approval,
  ConsumedToken,
  Delivery,
  StartedVerification,
  Verification,
  VerificationHistory,
} from './api.js';
export type { BegunEnrolment, Factor, SubjectFactor } from './api.js';
export type { NoAnswer } from './asking/answer.js';
export type { EinmalError, Unexpected } from './calls/errors.js';
export type { EinmalOptions } from './settings.js';
export { bindingHash, type Binding } from './binding-hash.js';

/** Each call gives `{ ok: true, data }` or `{ ok: false, error }`; `error.code` tells the cases apart. */
export interface Einmal extends LoginCalls, FactorCalls {}

/**
 * A client of the service at `baseUrl`.
 *
 * @throws TypeError when the options can not be right. Calls throw for nothing that can happen.
 */
export function createEinmal(options: EinmalOptions): Einmal {
  const settings = readSettings(options);
  return Object.freeze<Einmal>({ ...loginCalls(settings), ...factorCalls(settings) });
}
