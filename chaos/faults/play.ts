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
 * Lets a schedule happen, beginning now. A fault that takes longer than planned delays the next of its lane. One that can not be
 * put right is told and written down as such, and the run goes on: what was seen until then is worth judging.
 *
 * @returns when the last fault is over and every node is ready, or when `stop` was given.
 */
export async function play(
  schedule: PlannedFault[],
  context: FaultContext,
  { journal, stop }: { journal: Journal; stop: AbortSignal },
): Promise<void> {
  const beginMs = journal.now();
  const lanes: Record<'nodes' | 'rest', Promise<void>> = { nodes: Promise.resolve(), rest: Promise.resolve() };
  for (const planned of schedule) {
    await sleep(Math.max(0, beginMs + planned.atMs - journal.now()), undefined, { signal: stop }).catch(
      () => undefined,
    );
    const { lane } = planned;
    await (lane === 'alone' ? Promise.all([lanes.nodes, lanes.rest]) : lanes[lane]);
    if (stop.aborted) break;
    const fault = happen(planned, context, journal);
    if (lane === 'alone') await fault;
    else lanes[lane] = fault;
  }
  await Promise.all([lanes.nodes, lanes.rest]);
}

async function happen(planned: PlannedFault, context: FaultContext, journal: Journal): Promise<void> {
  const { kind } = planned;
  let fromMs = journal.now();
  let struck: Struck = { target: '', detail: '' };
  const say = (what: string) => {
    journal.say(`${kind.padEnd(18)} ${struck.target.padEnd(9)} ${what}`);
  };
  try {
    await STRIKES[kind](context, planned, (told) => {
      if (struck.target === '') fromMs = journal.now();
      struck = told;
      say(told.detail);
    });
    // Nodes that another fault holds are waited for by that one.
    const ready = async () =>
      (await Promise.all(context.nodes.map((node) => node.isReady()))).some(Boolean) ? true : null;
    await until('a node is ready', ready, WHOLE_WITHIN_MS);
    const untilMs = journal.now();
    journal.fault({ kind, ...struck, fromMs, untilMs });
    say(`over after ${((untilMs - fromMs) / 1_000).toFixed(1)} s`);
  } catch (error) {
    // Nothing is sure about the time after the strike, so no call counts as made during an outage.
    journal.fault({ kind, ...struck, fromMs, untilMs: Number.MAX_SAFE_INTEGER, healedMs: fromMs, givenUp: true });
    say(`COULD NOT BE PUT RIGHT: ${told(error)}`);
  }
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${told(error.cause)}`;
}
