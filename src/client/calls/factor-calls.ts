import type { Calls } from '../api.js';
import type { Settings } from '../settings.js';
import { call, type Result } from './call.js';
import type { CallName } from './carried.js';
import type { Given } from './given.js';
import type { CallOptions, ProofOptions, RepeatableOptions } from './request.js';

type Body<Call extends CallName> = Given<Calls[Call]['body']>;

/** What a person has beside a phone: authenticator apps and a list of backup codes. `subject` is your name for the person. */
export interface FactorCalls {
  /**
   * Begins to enrol an authenticator. `secret`, `uri` and `qr` (an SVG) are shown this once, to be scanned; it is no factor before
   * `activateFactor`. A repetition begins another enrolment, and of those only what is activated counts.
   */
  createFactor(factor: Body<'createFactor'>, options?: ProofOptions): Promise<Result<'createFactor'>>;
  /** Ends an enrolment with a code of the new authenticator. Gives backup codes, this once, where the person had none. */
  activateFactor(id: string, guess: Body<'activateFactor'>, options?: CallOptions): Promise<Result<'activateFactor'>>;
  /** Compares a code of one factor, without a verification that was started before. `ok` means approved, and nothing else does. */
  checkFactor(id: string, guess: Body<'checkFactor'>, options?: RepeatableOptions): Promise<Result<'checkFactor'>>;
  /** Ten new backup codes, shown this once; those there were are void. */
  createBackupCodes(person: Body<'createBackupCodes'>, options?: ProofOptions): Promise<Result<'createBackupCodes'>>;
  /** All that a person has enrolled. */
  searchFactors(person: Body<'searchFactors'>, options?: CallOptions): Promise<Result<'searchFactors'>>;
  readFactor(id: string, options?: CallOptions): Promise<Result<'readFactor'>>;
  renameFactor(id: string, name: Body<'renameFactor'>, options?: CallOptions): Promise<Result<'renameFactor'>>;
  /** `not-found`: it was removed before, perhaps by a try of this call whose answer was lost. */
  removeFactor(id: string, options?: ProofOptions): Promise<Result<'removeFactor'>>;
  /** Takes over authenticators that were enrolled elsewhere. Takes a key of scope `admin`, as the next two do. */
  importFactors(factors: Body<'importFactors'>, options?: CallOptions): Promise<Result<'importFactors'>>;
  /** Forgets the wrong codes that a factor is locked for. */
  unlockFactor(id: string, options?: CallOptions): Promise<Result<'unlockFactor'>>;
  /** Removes all that a person has enrolled. */
  eraseFactors(person: Body<'eraseFactors'>, options?: CallOptions): Promise<Result<'eraseFactors'>>;
}

export const factorCalls = (settings: Settings): FactorCalls => ({
  createFactor: (body, options) => call(settings, 'createFactor', { body, options }),
  activateFactor: (id, body, options) => call(settings, 'activateFactor', { id, body, options }),
  checkFactor: (id, body, options) => call(settings, 'checkFactor', { id, body, options }),
  createBackupCodes: (body, options) => call(settings, 'createBackupCodes', { body, options }),
  searchFactors: (body, options) => call(settings, 'searchFactors', { body, options }),
  readFactor: (id, options) => call(settings, 'readFactor', { id, options }),
  renameFactor: (id, body, options) => call(settings, 'renameFactor', { id, body, options }),
  removeFactor: (id, options) => call(settings, 'removeFactor', { id, options }),
  importFactors: (body, options) => call(settings, 'importFactors', { body, options }),
  unlockFactor: (id, options) => call(settings, 'unlockFactor', { id, options }),
  eraseFactors: (body, options) => call(settings, 'eraseFactors', { body, options }),
});
