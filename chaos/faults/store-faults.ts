import { setTimeout as sleep } from 'node:timers/promises';
import { askRedis } from '../../test/support/servers/ask-redis.js';
import type { PrivateServer } from '../../test/support/servers/private-server.js';
import { until } from '../../test/support/servers/until.js';
import type { FaultKind } from '../history/faults.js';
import { SentinelRedis } from '../world/sentinel-redis.js';
import type { FaultContext, Strike } from './fault-context.js';

/** A Postgres that was killed refuses to start while its orphans hold its memory. */
async function startAgain(server: PrivateServer): Promise<void> {
  const start = () => server.start().then(() => true);
  await until('the server starts again', start, 30_000);
}

const primaryOf = ({ stores }: FaultContext) => until('there is a primary', () => stores.redis.primary(), 30_000);

const redisRestart: Strike = async (context, _, tell) => {
  const primary = await primaryOf(context);
  tell({ target: 'redis', detail: 'restarted on its append-only file' });
  await primary.stop();
  await startAgain(primary);
  await context.stores.redis.settled();
};

const redisWipe: Strike = async (context, _, tell) => {
  const primary = await primaryOf(context);
  tell({ target: 'redis', detail: 'FLUSHALL' });
  await askRedis(primary.port, 'FLUSHALL');
};

const redisFailover: Strike = async (context, _, tell) => {
  const { redis } = context.stores;
  if (!(redis instanceof SentinelRedis)) throw new Error('one Redis alone can not fail over');
  await primaryOf(context);
  tell({ target: 'redis', detail: 'primary killed, replica promoted' });
  await redis.failOver();
  await redis.settled();
};

const redisFreeze: Strike = async (context, { lastsMs }, tell) => {
  const primary = await primaryOf(context);
  const struck = { target: 'redis', detail: 'primary stopped by SIGSTOP, then woken' };
  tell(struck);
  primary.freeze();
  await sleep(lastsMs - 1_000);
  primary.thaw();
  await context.stores.redis.settled();
  // Until it hears of that it takes writes that nobody will know of.
  if ((await primaryOf(context)) !== primary) tell({ ...struck, detail: 'a replica was promoted', promoted: true });
};

const postgresRestart: Strike = async ({ stores }, _, tell) => {
  tell({ target: 'postgres', detail: 'fast shutdown and start' });
  await stores.postgres.stop();
  await startAgain(stores.postgres);
};

const postgresKill: Strike = async ({ stores }, _, tell) => {
  tell({ target: 'postgres', detail: 'kill -9 and start' });
  await stores.postgres.kill();
  await startAgain(stores.postgres);
};

const cutConnections: Strike = async ({ nodes }, { lastsMs, random }, tell) => {
  const times = random.int(2, 5);
  tell({ target: 'all', detail: `every connection to both stores reset, ${String(times)} times` });
  for (let n = 0; n < times; n += 1) {
    for (const { wires } of nodes) for (const wire of [...wires.redis, ...wires.postgres]) wire.cut();
    await sleep(lastsMs / times);
  }
};

const partition =
  (store: 'redis' | 'postgres'): Strike =>
  async ({ nodes }, { lastsMs, random }, tell) => {
    const node = random.pick(nodes);
    tell({ target: node.name, detail: `cut off from ${store} without a word` });
    for (const wire of node.wires[store]) wire.fallSilent();
    await sleep(lastsMs);
    for (const wire of node.wires[store]) wire.heal();
  };

export const STORE_FAULTS = {
  'redis-restart': redisRestart,
  'redis-wipe': redisWipe,
  'redis-failover': redisFailover,
  'redis-freeze': redisFreeze,
  'postgres-restart': postgresRestart,
  'postgres-kill': postgresKill,
  'cut-connections': cutConnections,
  'partition-redis': partition('redis'),
  'partition-postgres': partition('postgres'),
} satisfies Partial<Record<FaultKind, Strike>>;
