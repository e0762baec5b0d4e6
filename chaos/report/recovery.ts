import type { History } from '../history.js';
import type { Fault, FaultKind } from '../history/faults.js';

/** What a kind of fault cost the clients. Faults overlap, so an outage is counted for each that was on at the time. */
export interface Recovery {
  kind: FaultKind;
  times: number;
  /** From the first to the last call that was answered 503 or not at all, while the fault was on or shortly after; seconds. */
  longestOutage: number;
  medianOutage: number;
  /** Calls without a decision in that time, of all calls in it. */
  undecided: number;
  calls: number;
}

/** A fault's consequences outlast it by a reconnect. */
const AFTERMATH_MS = 3_000;

export function recoveries(history: History): Recovery[] {
  const kinds = [...new Set(history.faults.map(({ kind }) => kind))];
  return kinds.map((kind) => recoveryOf(kind, history));
}

function recoveryOf(kind: FaultKind, { calls, faults }: History): Recovery {
  const outages = faults.filter((fault) => fault.kind === kind).map((fault) => outageOf(fault, calls));
  const spans = outages.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return {
    kind,
    times: outages.length,
    longestOutage: spans.at(-1) ?? 0,
    medianOutage: spans[Math.floor(spans.length / 2)] ?? 0,
    undecided: outages.reduce((sum, { undecided }) => sum + undecided, 0),
    calls: outages.reduce((sum, { during }) => sum + during, 0),
  };
}

function outageOf({ fromMs, untilMs }: Fault, calls: History['calls']) {
  const during = calls.filter((call) => call.endedAtMs >= fromMs && call.sentAtMs <= untilMs + AFTERMATH_MS);
  const undecided = during.filter(({ answer }) => answer.kind === 'none' || answer.status === 503);
  const first = Math.max(fromMs, Math.min(...undecided.map(({ sentAtMs }) => sentAtMs)));
  const last = Math.max(...undecided.map(({ endedAtMs }) => endedAtMs));
  const seconds = undecided.length === 0 ? 0 : (last - first) / 1_000;
  return { seconds, undecided: undecided.length, during: during.length };
}

/** Seconds from a verification's start to the end of its last delivery, for those that ended before time was moved on. */
export function secondsToTerminal({ dumps, drainedFromMs }: History): { p50: number; p99: number; of: number } {
  const ends = dumps.verifications.flatMap(({ id, createdAtMs }) => {
    const last = dumps.deliveries.filter(({ message_id }) => message_id === id).map(({ endedAtMs }) => endedAtMs);
    const ended = last.every((at): at is number => at !== null && at < drainedFromMs) ? Math.max(...last) : null;
    return ended === null || last.length === 0 ? [] : [(ended - createdAtMs) / 1_000];
  });
  const sorted = ends.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), of: sorted.length };
}
