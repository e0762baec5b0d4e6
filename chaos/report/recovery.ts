import type { History } from '../history.js';
import type { Call } from '../history/conversations.js';
import type { Fault, FaultKind } from '../history/faults.js';

/** What a kind of fault cost the clients. Faults overlap, so an outage is counted for each that was on at the time. */
export interface Recovery {
  kind: FaultKind;
  times: number;
  /** Seconds in which somebody was answered 503 `unavailable` or not at all, from a fault's beginning until shortly after it. */
  medianOutage: number;
  longestOutage: number;
}

/** A fault's consequences outlast it by a reconnect. */
const AFTERMATH_MS = 3_000;
const SLOT_MS = 250;

/** By kind, in the order in which they first happened. */
export function recoveries({ calls, faults }: History): Recovery[] {
  const slots = calls.filter(undecided).map(({ endedAtMs }) => Math.floor(endedAtMs / SLOT_MS));
  const bad = [...new Set(slots)];
  return [...new Set(faults.map(({ kind }) => kind))].map((kind) => {
    const outages = faults.filter((fault) => fault.kind === kind).map((fault) => outageOf(fault, bad));
    const sorted = outages.sort((a, b) => a - b);
    const medianOutage = sorted[Math.floor(sorted.length / 2)] ?? 0;
    return { kind, times: sorted.length, medianOutage, longestOutage: sorted.at(-1) ?? 0 };
  });
}

/** Not `overloaded`, which is no outage, nor a node where nobody listened, instead of which the client takes the next. */
const undecided = ({ answer }: Call) =>
  answer.kind === 'none' ? answer.why !== 'refused' : answer.status === 503 && answer.body.code !== 'overloaded';

function outageOf({ fromMs, untilMs }: Fault, bad: number[]): number {
  const during = bad.filter((slot) => (slot + 1) * SLOT_MS > fromMs && slot * SLOT_MS <= untilMs + AFTERMATH_MS);
  return (during.length * SLOT_MS) / 1_000;
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
