import type { SubmitFailure } from './outcome.js';

/** `withdrawn`: committed, but nothing was handed over, because the message was not wanted or could not be made then. */
export const ATTEMPT_STATUSES = [
  'submitting',
  'accepted',
  'ambiguous',
  'rejected',
  'throttled',
  'quota',
  'unreachable',
  'misconfigured',
  'withdrawn',
] as const satisfies readonly ('submitting' | 'accepted' | 'ambiguous' | 'withdrawn' | SubmitFailure)[];
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];
