import { DomainError } from '../../shared/domain-error.js';
import { CHANGE_PURPOSE } from './enrolment.js';
import { MOST_AUTHENTICATORS } from './factor.js';

const HOW_TO_PROVE =
  `Check a code of one of the subject’s factors with the purpose ${CHANGE_PURPOSE}, and send the token as Approval-Token; ` +
  'or use a key of scope admin.';

/** Whoever has the session alone must not get another factor, nor be rid of one (R73). */
export const factorProofNeeded = () =>
  new DomainError('forbidden', 'factor-proof-needed', `The subject has a factor. ${HOW_TO_PROVE}`);

/** Whoever stole a key could have had it sent to a phone of his own. Nothing was consumed. */
export const notOfFactor = () =>
  new DomainError(
    'refused',
    'factor-proof-needed',
    `The token is of a code that was sent, which proves no factor. ${HOW_TO_PROVE}`,
  );

/** Nothing was consumed. */
export const ofRemovedFactor = () =>
  new DomainError(
    'refused',
    'factor-proof-needed',
    `The token is of a factor that the subject has no more. ${HOW_TO_PROVE}`,
  );

export const tooManyFactors = () =>
  new DomainError(
    'refused',
    'too-many-factors',
    `A person has at most ${String(MOST_AUTHENTICATORS)} authenticators. Remove one.`,
  );

export const enrolmentEnded = () =>
  new DomainError('gone', 'enrolment-ended', 'The enrolment is over. Begin another with POST /v1/factors.');

export const alreadyActive = () =>
  new DomainError('conflict', 'already-active', 'It is active: its codes are checked as verifications.');

/** @param triesLeft after which the enrolment is over. */
export const wrongActivationCode = (triesLeft: number) =>
  new DomainError('refused', 'wrong-code', 'This is not the authenticator’s code now.', { attemptsLeft: triesLeft });
