import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Carrier } from './carrier/carrier.js';
import { Reporter } from './carrier/reporter.js';
import { drain, type Drained } from './drain.js';
import { dump } from './dump.js';
import { play } from './faults/play.js';
import { drawSchedule } from './faults/schedule.js';
import type { History } from './history.js';
import { FAULT_KINDS } from './history/faults.js';
import { Journal } from './journal.js';
import type { ChaosOptions } from './options.js';
import { Seeded } from './seeded.js';
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
 * @param check is called with everything that was written down while the stores' folders still exist.
 */
export async function runChaos<T>(
  options: ChaosOptions,
  attendance: Attendance,
  check: (history: History) => T | Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'einmal-chaos-'));
  // Postgres runs as another user where we are root, and must get to its folder.
  await chmod(scratch, 0o711);
  const closing: (() => unknown)[] = [() => rm(scratch, { recursive: true, force: true })];
  try {
    return await check(await happen(scratch, { options, attendance, closing }));
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

interface Stage {
  options: ChaosOptions;
  attendance: Attendance;
  /** What is to be closed afterwards, the last first. */
  closing: (() => unknown)[];
}

async function happen(scratch: string, { options, attendance, closing }: Stage): Promise<History> {
  const journal = new Journal(attendance.print);
  const seed = Seeded.from(options.seed);
  const stores = await Stores.start(scratch, options);
  closing.push(() => stores.stop());
  const tenants = await furnish(stores);
  const carrier = await Carrier.start(journal);
  closing.push(() => carrier.stop());
  const { nodes, clocks } = await makeNodes({ scratch, stores, providers: carrier.providers, journal, options });
  closing.push(() => Promise.all(nodes.map((node) => node.stop())));
  await Promise.all(nodes.map((node) => node.start()));
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
  const possible = FAULT_KINDS.filter(
    (kind) => (kind !== 'clock-jump' || clocks) && (kind !== 'redis-failover' || options.redis === 'sentinel'),
  );
  const kinds = options.only.length > 0 ? possible.filter((kind) => options.only.includes(kind)) : possible;
  const forMs = options.minutes * 60_000;
  const endMs = journal.now() + forMs;
  crowd.start(options.rate);
  await play(
    drawSchedule(kinds, forMs, seed.of('schedule')),
    { nodes, stores, carrier },
    { journal, stop: attendance.stop },
  );
  await sleep(Math.max(0, endMs - journal.now()), undefined, { signal: attendance.stop }).catch(() => undefined);
  await crowd.finish();
  await reporter.finish();
  journal.say(`${String(crowd.size)} people have come; draining`);

  await stores.redis.settled();
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
  const { epochMs, messages, reports, faults, processes } = journal;
  return {
    ...{ seed: options.seed, epochMs, settings: SETTINGS },
    applications: tenants.map(({ id, name }) => ({ id, name })),
    calls: journal.calls.toSorted((a, b) => a.number - b.number),
    ...{ messages, reports, faults, processes, drainedFromMs: drained.fromMs, drained: drained.complete, dumps },
  };
}
