import type { Fault, FaultKind } from '../history/faults.js';

/** Faults after which Redis may know less than it had answered. A restart is none: its append-only file has it all. */
const LOSSES: FaultKind[] = ['redis-wipe', 'redis-failover'];

/** When Redis lost what it had counted, each as the span in which it may have happened. */
export const redisLosses = (faults: Fault[]): Fault[] =>
  faults.filter(({ kind, promoted = false }) => promoted || LOSSES.includes(kind));

/** An act whose moment is known to lie within a span. */
export interface Span {
  fromMs: number;
  untilMs: number;
}

/**
 * What was counted between one loss and the next, since no counter in Redis remembers more. An act during a loss may belong
 * to either side, so it is in neither: a checker must not blame what it can not know.
 */
export function betweenLosses<T extends Span>(acts: T[], losses: Span[]): T[][] {
  const sorted = losses.toSorted((a, b) => a.fromMs - b.fromMs);
  const sure = acts.filter((act) => !sorted.some((loss) => act.fromMs <= loss.untilMs && act.untilMs >= loss.fromMs));
  const edges = [-Infinity, ...sorted.map(({ fromMs }) => fromMs), Infinity];
  return edges.slice(1).map((end, n) => sure.filter(({ fromMs }) => fromMs < end && fromMs >= (edges[n] ?? end)));
}

/** The acts of the window that certainly has the most of them, wherever it begins. */
export function fullestWindow<T extends Span>(windowMs: number, acts: T[]): T[] {
  const windows = acts.map(({ fromMs }) =>
    acts.filter((act) => act.fromMs >= fromMs && act.untilMs <= fromMs + windowMs),
  );
  return windows.reduce((most, window) => (window.length > most.length ? window : most), []);
}
