import type { Call } from '../history/conversations.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { approvals, groupedBy, heard, type Heard } from './answers.js';
import { seconds, verdictOf } from './verdict-of.js';

/** Two machines' clocks are never equal; the stores' own is the one that decides. */
const TOLERANCE_MS = 1_000;

/** An answer that came by this much on the wrong side of the end of a life. */
interface Wrong extends Violation {
  byMs: number;
}

/** I15: whatever a node's own clock says, a code ends when its start said it would, and an authenticator's is right at its time. */
export function clocksAgree(history: History): Verdict {
  const { calls, faults, drainedFromMs } = history;
  const ends = endsTold(history);
  const inTime = calls.filter(({ sentAtMs }) => sentAtMs < drainedFromMs);
  const early = inTime.flatMap((call) => refusedBefore(call, ends));
  const late = [...groupedBy(approvals(inTime), ({ call }) => call.verificationId).values()].flatMap((answers) =>
    approvedAfter(answers, ends),
  );
  const notNow = inTime.flatMap(calledWrong);
  const jumps = faults.filter(({ kind }) => kind === 'clock-jump');
  const worst = (wrong: Wrong[]) => seconds(Math.max(0, ...wrong.map(({ byMs }) => byMs)));
  return verdictOf('I15', 'Clocks of nodes decide nothing', {
    exercised: jumps.some(({ fromMs }) => calls.some(({ kind, sentAtMs }) => kind === 'check' && sentAtMs >= fromMs)),
    figure: `early expiry ${worst(early)}, late ${worst(late)}; wrongly accepted ${String(late.length)}, wrongly refused ${String(notNow.length)}; ${String(jumps.length)} jumps`,
    violations: [...[...early, ...late].map(({ what, verificationId }) => ({ what, verificationId })), ...notNow],
  });
}

/** When each life ends, as its start was answered: the client's own log, not the service's. */
function endsTold({ calls, epochMs }: History): Map<string, number> {
  const told = heard(calls, 'start').flatMap(({ status, body }) => {
    const { id, expiresAt } = body;
    return status === 202 && id !== undefined && typeof expiresAt === 'string'
      ? [[id, Date.parse(expiresAt) - epochMs] as const]
      : [];
  });
  return new Map(told);
}

function refusedBefore({ answer, endedAtMs, verificationId, node }: Call, ends: Map<string, number>): Wrong[] {
  if (answer.kind === 'none' || answer.body.code !== 'expired' || answer.body.reason === 'state-lost') return [];
  const byMs = (ends.get(verificationId ?? '') ?? 0) - endedAtMs;
  return byMs > TOLERANCE_MS
    ? [{ what: `node ${node} said expired ${seconds(byMs)} too early`, verificationId, byMs }]
    : [];
}

/** An authenticator's code that was right all the while that it was looked at, and not used before. */
function calledWrong({ typed, answer, sentAtMs, endedAtMs, verificationId, node }: Call): Violation[] {
  const step = typed?.factor?.step;
  if (!step || typed.kind === 'wrong' || answer.kind === 'none') return [];
  const { code, reason } = answer.body;
  const isRight = sentAtMs > step.rightFromMs + TOLERANCE_MS && endedAtMs < step.rightUntilMs - TOLERANCE_MS;
  if (code !== 'wrong-code' || reason !== undefined || !isRight) return [];
  return [{ what: `node ${node} called the code of step ${String(step.number)} wrong`, verificationId }];
}

/** A replay of an approval may be answered after the end; the approval itself may not. */
function approvedAfter([first]: Heard[], ends: Map<string, number>): Wrong[] {
  if (!first) return [];
  const { sentAtMs, verificationId, node } = first.call;
  const byMs = sentAtMs - (ends.get(verificationId ?? '') ?? Infinity);
  return byMs > TOLERANCE_MS
    ? [{ what: `node ${node} approved ${seconds(byMs)} after the end`, verificationId, byMs }]
    : [];
}
