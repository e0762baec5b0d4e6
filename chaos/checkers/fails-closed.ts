import type { Call } from '../history/conversations.js';
import type { Fault, FaultKind } from '../history/faults.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { quantile, verdictOf } from './verdict-of.js';

/** Faults during which a store says nothing to the nodes they hit. */
const CUT_OFF: FaultKind[] = ['partition-redis', 'partition-postgres'];
/** Of a server that goes away itself a replica may take the place, so only its moment of healing says how long it was missed. */
const GONE: FaultKind[] = ['redis-restart', 'postgres-restart', 'postgres-kill'];
/** A decision that was all but made when the store went. */
const UNDER_WAY_MS = 500;
/** The longest that the runner takes to see that a node is whole again, where it did not say when it healed it. */
const NOTICED_WITHIN_MS = 1_500;

/** I18: while a store can not be asked, nothing is let through that it would have had to allow. */
export function failsClosed(history: History): Verdict {
  const outages = history.faults.filter(
    ({ kind, healedMs }) => CUT_OFF.includes(kind) || (GONE.includes(kind) && healedMs !== undefined),
  );
  const asked = history.calls.filter(({ kind }) => kind === 'start' || kind === 'check' || kind === 'resend');
  const during = asked.filter((call) => outages.some((outage) => liesWithin(call, outage)));
  const refused = during.flatMap(({ answer, sentAtMs, endedAtMs }) =>
    answer.kind === 'answered' && answer.status === 503 ? [endedAtMs - sentAtMs] : [],
  );
  const through = during.filter(wasLetThrough);
  const latency = `503 p50 ${quantile(refused, 0.5).toFixed(0)} ms, p99 ${quantile(refused, 0.99).toFixed(0)} ms`;
  return verdictOf('I18', 'Without its stores nothing is let through', {
    exercised: refused.length > 0,
    figure: `${String(through.length)} let through of ${String(during.length)} in ${String(outages.length)} outages; ${latency}`,
    violations: through.map(letThrough),
  });
}

/** All of the call, from its first byte to its answer, lies within what was certainly an outage for its node. */
function liesWithin({ node, sentAtMs, endedAtMs }: Call, { target, fromMs, untilMs, healedMs }: Fault): boolean {
  const hit = target === node || target === 'redis' || target === 'postgres';
  const wholeMs = healedMs ?? untilMs - NOTICED_WITHIN_MS;
  return hit && sentAtMs > fromMs + UNDER_WAY_MS && endedAtMs < wholeMs;
}

const wasLetThrough = ({ answer }: Call) => answer.kind === 'answered' && answer.status < 300;

const letThrough = ({ number, kind, node, verificationId }: Call): Violation => ({
  what: `${kind} ${String(number)} was let through by node ${node}, which could not ask its stores`,
  verificationId,
});
