import type { FaultKind } from '../history/faults.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy } from './answers.js';
import { carried, mayArrive, type Carried } from './carried.js';
import { verdictOf } from './verdict-of.js';

/** What tempts a sender to send again. */
const TEMPTING: FaultKind[] = ['kill', 'kill-at-step', 'freeze', 'postgres-restart', 'postgres-kill'];

/** I6: one message per send attempt at the carrier, and never a second one that may arrive after an ambiguous first. */
export function duplicatesBounded(history: History): Verdict {
  const all = carried(history);
  const repeated = moreThanOne(groupedBy(all, ({ message }) => message.attemptId)).map((same) =>
    blame(same, 'the carrier was given one send attempt more than once'),
  );
  const arriving = all.filter(({ message }) => mayArrive(message));
  const duplicates = moreThanOne(groupedBy(arriving, ({ delivery }) => delivery?.id ?? null));
  const ambiguous = history.dumps.sendAttempts.filter(({ status }) => status === 'ambiguous').length;
  const tempted = ambiguous > 0 || history.faults.some(({ kind }) => TEMPTING.includes(kind));
  const rate = (10_000 * duplicates.length) / Math.max(1, history.dumps.deliveries.length);
  return verdictOf('I6', 'Duplicate messages are bounded', {
    exercised: tempted && all.length > 0,
    figure: `${rate.toFixed(1)} duplicates per 10,000 deliveries; ${String(ambiguous)} attempts ambiguous, none sent again`,
    violations: [
      ...repeated,
      ...duplicates.map((same) => blame(same, `${String(same.length)} messages of one delivery may arrive`)),
      ...all.flatMap(unaccounted),
    ],
  });
}

const moreThanOne = (groups: Map<string, Carried[]>) => [...groups.values()].filter((same) => same.length > 1);

const blame = (same: Carried[], what: string): Violation => ({
  what: `${what}: ${same.map(({ message }) => `${message.attemptId} ${message.answer}`).join(', ')}`,
  verificationId: same[0]?.delivery?.message_id ?? null,
});

/** The attempt is committed before the message goes out, and one that may have arrived is never recorded as taken back. */
function unaccounted(one: Carried): Violation[] {
  if (!one.attempt) return [blame([one], 'the carrier has a message without a send attempt')];
  if (one.attempt.status !== 'withdrawn' || !mayArrive(one.message)) return [];
  return [blame([one], 'the carrier has a message whose attempt is recorded as withdrawn')];
}
