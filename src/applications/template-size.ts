import { foreignToGsm7, measureSms, smsPlaces, smsRoom } from '../delivery/domain/sms-text.js';
import { namesPurpose } from '../verification/domain/purposes.js';
import { fill } from '../verification/domain/template-text.js';

/** The most that a message is ever given; of a payment, what is usual. A longer one is measured when it is known: at the start. */
export const LONGEST = {
  code: '0'.repeat(10),
  sender: 'x'.repeat(20),
  application: 'x'.repeat(20),
  minutes: '999',
  amount: '9'.repeat(16),
  payee: 'x'.repeat(40),
};

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
