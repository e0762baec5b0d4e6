import { FAULT_KINDS } from '../history/faults.js';
import type { ChaosOptions } from '../options.js';
import { Seeded } from '../seeded.js';
import { drawSchedule, type PlannedFault } from './schedule.js';

type Asked = Pick<ChaosOptions, 'seed' | 'minutes' | 'only' | 'redis'>;

/**
 * The faults of a run, drawn by its seed.
 *
 * @param clocks whether the nodes' clocks can be shifted on this machine.
 * @throws an error when nothing would happen: a run without faults proves nothing.
 */
export function planFaults({ seed, minutes, only, redis }: Asked, clocks: boolean): PlannedFault[] {
  const wanted = only.length > 0 ? FAULT_KINDS.filter((kind) => only.includes(kind)) : [...FAULT_KINDS];
  const possible = wanted.filter(
    (kind) => (kind !== 'clock-jump' || clocks) && (kind !== 'redis-failover' || redis === 'sentinel'),
  );
  if (possible.length === 0)
    throw new Error(
      `--only: ${wanted.join(', ')} can not happen here: redis-failover needs --redis sentinel, clock-jump libfaketime`,
    );
  const schedule = drawSchedule(possible, minutes * 60_000, Seeded.from(seed).of('schedule'));
  if (schedule.length > 0) return schedule;
  throw new Error(`--minutes: ${possible.join(', ')} does not fit into ${String(minutes)} minutes`);
}
