import type { Call } from '../history/conversations.js';
import type { Fault } from '../history/faults.js';
import type { History } from '../history.js';
import type { Verdict } from '../verdict.js';
import { verdictOf } from './verdict-of.js';

/** I14: while nodes are restarted one after the other, no request fails. */
export function restartUnnoticed({ calls, faults }: History): Verdict {
  const restarts = faults.filter(({ kind }) => kind === 'rolling-restart');
  const others = faults.filter(({ kind }) => kind !== 'rolling-restart');
  // What another fault broke meanwhile is not the restart's doing.
  const during = calls.filter(
    (call) => restarts.some((fault) => overlaps(call, fault)) && !others.some((fault) => overlaps(call, fault)),
  );
  const failed = during.flatMap((call) => {
    const how = failureOf(call);
    return how === null
      ? []
      : [
          {
            what: `call ${String(call.number)} (${call.kind} on ${call.node}): ${how}`,
            verificationId: call.verificationId,
          },
        ];
  });
  return verdictOf('I14', 'A rolling restart fails no request', {
    exercised: during.length > 0,
    figure: `${String(failed.length)} failed requests of ${String(during.length)} during ${String(restarts.length)} rolling restarts`,
    violations: failed,
  });
}

/** Nobody listened: the balancer asks the next node. Too much load for too little machine is I12's matter. */
function failureOf({ answer }: Call): string | null {
  if (answer.kind === 'none') return answer.why === 'refused' ? null : `no answer, ${answer.why}`;
  return answer.status >= 500 && answer.body.code !== 'overloaded' ? `answered ${String(answer.status)}` : null;
}

const overlaps = (call: Call, { fromMs, untilMs }: Fault) => call.sentAtMs <= untilMs && call.endedAtMs >= fromMs;
