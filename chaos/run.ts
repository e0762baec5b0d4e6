import { setTimeout as sleep } from 'node:timers/promises';
import { Carrier } from './carrier/carrier.js';
import { Reporter } from './carrier/reporter.js';
import { openScratch } from './command/scratch.js';
import { drain, type Drained } from './drain.js';
import { dump } from './dump.js';
import { play } from './faults/play.js';
import type { PlannedFault } from './faults/schedule.js';
import type { History } from './history.js';
import { Journal } from './journal.js';
import type { ChaosOptions } from './options.js';
import { Seeded } from './seeded.js';
import { Subscriber } from './subscriber/subscriber.js';
import { Crowd } from './traffic/crowd.js';
import type { Tenant } from './traffic/person.js';
import { Balancer } from './world/balancer.js';
import { furnish, makeNodes } from './world/deployment.js';
import { SETTINGS } from './world/settings.js';
import { Stores } from './world/stores.js';

/** How a run tells what happens, and how it is asked to end early. */
export interface Attendance {
  print: (line: string) => void;
  /** Aborted: traffic and faults end now; what was written down so far is drained and handed over all the same. */
  stop: AbortSignal;
}

/**
 * One run: servers, nodes, a carrier, people and faults, all of which are gone afterwards.
 *
 * @param schedule which faults happen when (faults/plan-faults.ts).
 * @param check is called with everything that was written down while the stores' folders still exist.
 */
export async function runChaos<T>(
  options: ChaosOptions,
  schedule: PlannedFault[],
  attendance: Attendance,
  check: (history: History) => T | Promise<T>,
): Promise<T> {
  const scratch = openScratch('chaos');
  const closing: (() => unknown)[] = [scratch.remove];
  try {
    return await check(await happen(scratch.folder, { options, schedule, attendance, closing }));
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

interface Stage {
  options: ChaosOptions;
  schedule: PlannedFault[];
  attendance: Attendance;
  /** What is to be closed afterwards, the last first. */
  closing: (() => unknown)[];
}

async function happen(scratch: string, { options, schedule, attendance, closing }: Stage): Promise<History> {
  const journal = new Journal(attendance.print);
  const seed = Seeded.from(options.seed);
  const stores = await Stores.start(scratch, options);
  closing.push(() => stores.stop());
  const tenants = await furnish(stores);
  const carrier = await Carrier.start(journal);
  closing.push(() => carrier.stop());
  const { nodes } = await makeNodes({ scratch, stores, providers: carrier.providers, journal, options });
  closing.push(() => Promise.all(nodes.map((node) => node.stop())));
  await Promise.all(nodes.map((node) => node.start()));
  const subscriber = await Subscriber.start(journal);
  closing.push(() => subscriber.stop());
  await subscriber.subscribe(tenants, nodes[0]);
  const balancer = new Balancer(nodes);
  closing.push(() => {
    balancer.stop();
  });
  const reporter = new Reporter(balancer, journal);
  carrier.open(reporter);
  journal.say(
    `${String(nodes.length)} nodes, Redis (${options.redis}) and Postgres are up; seed ${String(options.seed)}`,
  );

  const crowd = new Crowd({ balancer, carrier, reporter, journal, tenants }, seed.of('crowd'));
  const endMs = journal.now() + options.minutes * 60_000;
  crowd.start(options.rate);
  await play(schedule, { nodes, stores, carrier }, { journal, stop: attendance.stop });
  await sleep(Math.max(0, endMs - journal.now()), undefined, { signal: attendance.stop }).catch(() => undefined);
  await crowd.finish();
  await reporter.finish();
  journal.say(`${String(crowd.size)} people have come; draining`);

  await stores.redis.settled();
  subscriber.mood = 'honest';
  const drained = await drain(await stores.world(), journal);
  await Promise.all(nodes.map((node) => node.stop()));
  const dumps = await dump(stores, journal.epochMs, drained.expiries);
  return historyOf({ options, journal, tenants, drained, dumps });
}

function historyOf(run: {
  options: ChaosOptions;
  journal: Journal;
  tenants: Tenant[];
  drained: Drained;
  dumps: History['dumps'];
}): History {
  const { options, journal, tenants, drained, dumps } = run;
  const { epochMs, messages, reports, told, faults, processes } = journal;
  return {
    ...{ seed: options.seed, epochMs, settings: SETTINGS },
    applications: tenants.map(({ id, name }) => ({ id, name })),
    calls: journal.calls.toSorted((a, b) => a.number - b.number),
    ...{ messages, reports, told, faults, processes, drainedFromMs: drained.fromMs, drained: drained.complete, dumps },
  };
}
