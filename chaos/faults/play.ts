import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/support/servers/until.js';
import type { FaultKind } from '../history/faults.js';
import type { Journal } from '../journal.js';
import { CARRIER_FAULTS } from './carrier-faults.js';
import type { FaultContext, Strike, Struck } from './fault-context.js';
import { NODE_FAULTS } from './node-faults.js';
import type { PlannedFault } from './schedule.js';
import { STORE_FAULTS } from './store-faults.js';

const STRIKES: Record<FaultKind, Strike> = { ...NODE_FAULTS, ...STORE_FAULTS, ...CARRIER_FAULTS };

const WHOLE_WITHIN_MS = 60_000;

/**
 * Lets a schedule happen, beginning now. A fault that takes longer than planned delays the next of its lane.
 *
 * @returns when the last fault is over and every node is ready, or when `stop` was given.
 */
export async function play(
  schedule: PlannedFault[],
  context: FaultContext,
  { journal, stop }: { journal: Journal; stop: AbortSignal },
): Promise<void> {
  const beginMs = journal.now();
  const failures: unknown[] = [];
  const lanes: Record<'nodes' | 'rest', Promise<void>> = { nodes: Promise.resolve(), rest: Promise.resolve() };
  for (const planned of schedule) {
    await sleep(Math.max(0, beginMs + planned.atMs - journal.now()), undefined, { signal: stop }).catch(
      () => undefined,
    );
    const { lane } = planned;
    await (lane === 'alone' ? Promise.all([lanes.nodes, lanes.rest]) : lanes[lane]);
    if (stop.aborted) break;
    const fault = happen(planned, context, journal).catch((error: unknown) => {
      failures.push(error);
    });
    if (lane === 'alone') await fault;
    else lanes[lane] = fault;
  }
  await Promise.all([lanes.nodes, lanes.rest]);
  if (failures.length > 0) throw new AggregateError(failures, 'a fault could not be put right');
}

async function happen(planned: PlannedFault, context: FaultContext, journal: Journal): Promise<void> {
  const { kind } = planned;
  let fromMs = journal.now();
  let struck: Struck = { target: '', detail: '' };
  await STRIKES[kind](context, planned, (told) => {
    if (struck.target === '') fromMs = journal.now();
    struck = told;
    journal.say(`${kind.padEnd(18)} ${told.target.padEnd(9)} ${told.detail}`);
  });
  // Nodes that another fault holds are waited for by that one.
  const ready = async () =>
    (await Promise.all(context.nodes.map((node) => node.isReady()))).some(Boolean) ? true : null;
  await until('a node is ready', ready, WHOLE_WITHIN_MS);
  const untilMs = journal.now();
  journal.fault({ kind, ...struck, fromMs, untilMs });
  journal.say(`${kind.padEnd(18)} ${struck.target.padEnd(9)} over after ${((untilMs - fromMs) / 1_000).toFixed(1)} s`);
}
