import type { Call } from '../history/conversations.js';
import type { Fault } from '../history/faults.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy, heard } from './answers.js';
import { quantile, verdictOf } from './verdict-of.js';

/** Many times the places of any hash queue: so many checks of one node can not have had one at the same time. */
const FLOOD = 100;

/** I12: too much load is refused in words that say when to come back, and whoever only reads is not kept waiting. */
export function overloadSheds(history: History): Verdict {
  const refused = heard(history.calls, 'check').filter(({ body }) => body.code === 'overloaded');
  const reads = readsDuring(
    refused.map(({ call }) => call),
    history.calls,
  ).filter((read) => !isHeldUp(read, history.faults));
  const p99 = quantile(reads.map(durationOf), 0.99);
  return verdictOf('I12', 'Overload is refused, not queued', {
    exercised: refused.length > 0,
    figure: `${String(refused.length)} refused; reads meanwhile: ${String(reads.length)}, p99 ${p99.toFixed(0)} ms`,
    violations: [
      ...floodsOf(history.calls).map(notShed),
      ...history.calls.flatMap(withoutRetryAfter),
      ...reads.flatMap(unanswered),
    ],
  });
}

/** More than `FLOOD` checks that were admitted and in flight together, one group a node. */
function floodsOf(calls: Call[]): Call[][] {
  const checks = calls.filter((call) => call.kind === 'check' && wasAdmitted(call));
  return [...groupedBy(checks, ({ node }) => node).values()].map(mostAtOnce).filter(({ length }) => length > FLOOD);
}

/** The calls that were in flight when most were. They come in the order in which they were sent. */
function mostAtOnce(calls: Call[]): Call[] {
  let inFlight: Call[] = [];
  let most: Call[] = [];
  for (const call of calls) {
    inFlight = [...inFlight.filter(({ endedAtMs }) => endedAtMs > call.sentAtMs), call];
    if (inFlight.length > most.length) most = inFlight;
  }
  return most;
}

/** Compared, or kept waiting for longer than the client would wait: whatever it was, it was not refused. */
function wasAdmitted({ answer }: Call): boolean {
  if (answer.kind === 'none') return answer.why === 'timeout';
  return answer.status === 200 || answer.body.code === 'wrong-code';
}

const notShed = (flood: Call[]): Violation => ({
  what: `node ${flood[0]?.node ?? ''} had ${String(flood.length)} checks at once in its queue`,
  verificationId: null,
});

function withoutRetryAfter({ number, answer, verificationId }: Call): Violation[] {
  if (answer.kind === 'none' || answer.status !== 503 || answer.retryAfterSeconds !== null) return [];
  return [{ what: `call ${String(number)} was refused without Retry-After`, verificationId }];
}

function unanswered({ number, answer, verificationId }: Call): Violation[] {
  if (answer.kind === 'answered' || answer.why !== 'timeout') return [];
  return [{ what: `read ${String(number)} was not answered during the overload`, verificationId }];
}

function readsDuring(refused: Call[], calls: Call[]): Call[] {
  const from = Math.min(...refused.map(({ sentAtMs }) => sentAtMs));
  const until = Math.max(...refused.map(({ endedAtMs }) => endedAtMs));
  return calls.filter(({ kind, sentAtMs, endedAtMs }) => kind === 'read' && sentAtMs < until && endedAtMs > from);
}

/** By a node that stood still or a store that was away, which is not for the overload to answer. */
function isHeldUp(read: Call, faults: Fault[]): boolean {
  return faults.some(
    ({ kind, fromMs, untilMs }) => !kind.startsWith('carrier-') && read.sentAtMs < untilMs && read.endedAtMs > fromMs,
  );
}

const durationOf = ({ sentAtMs, endedAtMs }: Call) => endedAtMs - sentAtMs;
