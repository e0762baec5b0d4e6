import { foreignToGsm7, measureSms, smsPlaces, smsRoom } from '../delivery/domain/sms-text.js';
import { namesPurpose } from '../verification/domain/purposes.js';
import { LONGEST } from '../verification/domain/sample-values.js';
import { fill } from '../verification/domain/template-text.js';

/**
 * Why a text message of a template is too long; null when it is not.
 *
 * @param purposes what `{purpose}` may say: each is measured, since one letter outside of the 7-bit alphabet halves the room.
 */
export function sizeProblem(text: string, maxSegments: number, purposes: readonly string[] = []): string | null {
  const said = namesPurpose(text) ? purposes.map((purpose) => fill(text, { ...LONGEST, purpose })) : [];
  const problems = [...said, fill(text, LONGEST)].map((longest) => lengthProblem(longest, maxSegments));
  return problems.find((problem) => problem !== null) ?? null;
}

function lengthProblem(longest: string, maxSegments: number): string | null {
  const { encoding, segments } = measureSms(longest);
  if (segments <= maxSegments) return null;
  const foreign = foreignToGsm7(longest).slice(0, 5).join('');
  const why = foreign === '' ? '' : ` (for ${foreign})`;
  const length = `${String(smsPlaces(longest))} characters in ${encoding}${why}`;
  const room = `maxSegments ${String(maxSegments)} has room for ${String(smsRoom(encoding, maxSegments))}`;
  return `with the longest values ${length}; ${room}`;
}
