import type { VerificationDump } from '../history/dumps.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { approvals, groupedBy, wrongGuesses, type Heard } from './answers.js';
import { redisLosses } from './redis-losses.js';
import { verdictOf } from './verdict-of.js';

/** I2: at most `maxAttempts` wrong guesses of a verification are compared, whatever is lost meanwhile. */
export function guessesBounded(history: History): Verdict {
  const wrong = groupedBy(wrongGuesses(history.calls), ({ call }) => call.verificationId);
  const rows = history.dumps.verifications;
  const approved = groupedBy(approvals(history.calls), ({ call }) => call.verificationId);
  const violations = [
    ...rows.flatMap((row) => aboveMaximum(row, wrong.get(row.id) ?? [])),
    ...rows.flatMap((row) => approvedAfterwards(row, wrong.get(row.id) ?? [], approved.get(row.id) ?? [])),
    ...endedTwice(history),
  ];
  const counts = rows.map(({ id }) => wrong.get(id)?.length ?? 0);
  const full = rows.filter(({ id, max_attempts }) => (wrong.get(id)?.length ?? 0) >= max_attempts).length;
  const most = `at most ${String(Math.max(0, ...counts))} wrong guesses compared; ${String(full)} verifications used all`;
  return verdictOf('I2', 'At most the allowed wrong guesses are compared', {
    exercised: full > 0,
    figure: `${most}; possible extra guesses after a lost Redis: ${String(possibleExtra(history))}`,
    violations,
  });
}

function aboveMaximum({ id, max_attempts, failed_checks }: VerificationDump, wrong: Heard[]): Violation[] {
  const told = wrong.length;
  if (told > max_attempts)
    return [
      { what: `${String(told)} wrong guesses compared, ${String(max_attempts)} are allowed`, verificationId: id },
    ];
  // What was told is counted before, so that no lost state gives it back.
  if (told <= failed_checks && failed_checks <= max_attempts) return [];
  return [{ what: `${String(told)} wrong guesses told, ${String(failed_checks)} in the ledger`, verificationId: id }];
}

function endedTwice({ dumps }: History): Violation[] {
  const told = dumps.events.filter(({ type }) => type === 'verification.failed');
  return [...groupedBy(told, ({ verification_id }) => verification_id)].flatMap(([verificationId, { length }]) =>
    length > 1 ? [{ what: `told failed ${String(length)} times`, verificationId }] : [],
  );
}

function approvedAfterwards({ id, max_attempts }: VerificationDump, wrong: Heard[], approved: Heard[]): Violation[] {
  const last = wrong.map(({ call }) => call.endedAtMs).sort((a, b) => a - b)[max_attempts - 1] ?? Infinity;
  const late = approved.some(({ call }) => call.sentAtMs >= last);
  return late ? [{ what: 'approved after every attempt was used', verificationId: id }] : [];
}

/** Guesses without an answer, sent before Redis lost its counts: compared perhaps, and not in the ledger perhaps. */
function possibleExtra({ calls, faults }: History): number {
  const losses = redisLosses(faults);
  const unanswered = calls.filter(
    ({ typed, answer }) => typed?.kind === 'wrong' && answer.kind === 'none' && answer.why !== 'refused',
  );
  return unanswered.filter(({ sentAtMs }) => losses.some(({ untilMs }) => sentAtMs < untilMs)).length;
}
