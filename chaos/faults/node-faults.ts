import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../../src/shared/steps.js';
import { until } from '../../test/support/servers/until.js';
import type { FaultKind } from '../history/faults.js';
import type { ChaosNode } from '../world/chaos-node.js';
import type { Strike } from './fault-context.js';

/** Every step there is; one that is missing does not compile. */
const STEPS = Object.keys({
  'start:limits-taken': 0,
  'start:state-opened': 0,
  'start:committed': 0,
  'dispatch:claimed': 0,
  'dispatch:submitting': 0,
  'dispatch:code-hashed': 0,
  'dispatch:code-stored': 0,
  'dispatch:provider-answered': 0,
  'dispatch:recorded': 0,
  'report:stored': 0,
  'fallback:advanced': 0,
  'check:reserved': 0,
  'check:hashed': 0,
  'check:code-taken': 0,
  'check:approved': 0,
  'check:settled': 0,
  'cancel:committed': 0,
  'webhook:answered': 0,
} satisfies Record<Step, 0>) as [Step, ...Step[]];

/** Steps between which a worker or a check has something in hand, so that sleeping there means waking up too late. */
const SLEEPY = [
  'dispatch:claimed',
  'dispatch:submitting',
  'dispatch:code-stored',
  'check:reserved',
  'check:hashed',
] as const;

/** A step that traffic does not come by in this time is not waited for; the node is struck all the same. */
const STEP_WITHIN_MS = 4_000;
/** The delivery lease is 15 s, a guess's 5 s. */
const LONGER_THAN_A_LEASE_MS = 16_500;
const READY_WITHIN_MS = 60_000;

/** Waits until the supervisor's next process is ready. */
async function replaced(node: ChaosNode, generation: number): Promise<void> {
  const again = async () => (node.generation > generation && (await node.isReady()) ? true : null);
  await until(`node ${node.name} is back`, again, READY_WITHIN_MS);
}

async function restart(node: ChaosNode, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const { generation } = node;
  node.signal(signal);
  await replaced(node, generation);
}

const killAtStep: Strike = async ({ nodes }, { random }, tell) => {
  const [node, step] = [random.pick(nodes), random.pick(STEPS)];
  tell({ target: node.name, detail: `kill -9 at ${step}` });
  const { generation } = node;
  await node.order(step, 'SIGKILL');
  const died = () => Promise.resolve(node.generation > generation ? true : null);
  if (await until('it reaches the step', died, STEP_WITHIN_MS).catch(() => null)) return replaced(node, generation);
  tell({ target: node.name, detail: `kill -9, ${step} not reached` });
  // It may have reached it this very moment: then the next process is starting already, and that is the one to wait for.
  node.signal('SIGKILL');
  await replaced(node, generation);
};

const kill: Strike = async ({ nodes }, { random }, tell) => {
  const node = random.pick(nodes);
  tell({ target: node.name, detail: 'kill -9' });
  await restart(node, 'SIGKILL');
};

const freeze: Strike = async ({ nodes }, { random }, tell) => {
  const node = random.pick(nodes);
  const step = random.chance(0.6) ? random.pick(SLEEPY) : null;
  tell({ target: node.name, detail: `SIGSTOP for 16.5 s${step === null ? '' : ` at ${step}`}` });
  if (step === null) node.signal('SIGSTOP');
  else await node.order(step, 'SIGSTOP');
  await sleep(LONGER_THAN_A_LEASE_MS);
  node.signal('SIGCONT');
  await node.forgetOrders();
};

const clockJump: Strike = async ({ nodes }, { random, lastsMs }, tell) => {
  const node = random.pick(nodes);
  const offset = random.pick([600, -600, 3_600, -3_600, 30, -30]);
  tell({ target: node.name, detail: `wall clock ${offset < 0 ? '' : '+'}${String(offset)} s` });
  await node.setClock(offset);
  await sleep(lastsMs);
  await node.setClock(0);
};

const rollingRestart: Strike = async ({ nodes }, _, tell) => {
  tell({ target: 'all', detail: 'SIGTERM to each in turn' });
  for (const node of nodes) await restart(node, 'SIGTERM');
};

export const NODE_FAULTS = {
  'kill-at-step': killAtStep,
  kill,
  freeze,
  'clock-jump': clockJump,
  'rolling-restart': rollingRestart,
} satisfies Partial<Record<FaultKind, Strike>>;
