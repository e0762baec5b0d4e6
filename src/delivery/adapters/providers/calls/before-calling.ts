import type { SubmitRequest } from '../../../application/provider.js';
import type { SubmitOutcome } from '../../../domain/outcome.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { ringingFor, TOO_LATE } from './ringing.js';
import { NO_VOICE, voiceFor, type Voices } from './voice-for.js';

/**
 * Whether a call can be placed at all, and for how many seconds it may ring; else what becomes of it.
 *
 * @param voices what its vendor speaks.
 */
export function beforeCalling<Voice>(
  { to, locale, validForSeconds }: SubmitRequest,
  { voices, ringSeconds }: { voices: Voices<Voice>; ringSeconds: number },
): { ringing: number } | { refused: SubmitOutcome } {
  if (!isOneNumber(to)) return { refused: NOT_ONE_NUMBER };
  if (!voiceFor(voices, locale)) return { refused: NO_VOICE };
  const ringing = ringingFor(ringSeconds, validForSeconds);
  return ringing === null ? { refused: TOO_LATE } : { ringing };
}
