import { createClient } from 'redis';
import { Connection } from '../load/connection.js';
import { startedLogin } from '../load/people.js';
import type { Deployed } from './stage.js';

const BATCH = 2_000;
const SHORTEST_LIFE_MS = 60_000;

/**
 * Copies keys inside Redis, because a million over the wire would take minutes. The last seven characters of a name become a
 * number, so that names stay as long as real ones. KEYS: names; ARGV: first number, how many.
 */
const COPY = `
  for _, name in ipairs(KEYS) do
    local content, ttl = redis.call('DUMP', name), redis.call('PTTL', name)
    for n = ARGV[1], ARGV[1] + ARGV[2] - 1 do
      redis.call('RESTORE', string.sub(name, 1, -8) .. string.format('%07d', n), ttl, content, 'REPLACE')
    end
  end`;

/**
 * Fills Redis with copies of what one accepted and sent verification leaves there, limits' windows included, as the service
 * itself wrote it.
 *
 * @returns bytes of Redis per verification.
 */
export async function fillWithLive({ service, shop, world }: Deployed, live: number): Promise<number> {
  const redis = createClient({ url: world.redisUrl });
  // Whatever goes wrong is thrown by the command that it happens to.
  redis.on('error', () => undefined);
  await redis.connect();
  // The service, which started by now, insists on an append-only file; filling it would take longer than what is measured.
  await redis.configSet('appendonly', 'no');
  const connection = await Connection.open(service.port, '127.0.0.9');
  // The first one also leaves what all share.
  await startedLogin(connection, shop);
  const shared = new Set(await redis.keys('*'));
  await startedLogin(connection, shop);
  const added = (await redis.keys('*')).filter((name) => !shared.has(name));
  const lives = await Promise.all(added.map((name) => redis.pTTL(name)));
  // An address's count of requests lives seconds, and is nobody's verification.
  const own = added.filter((_, n) => (lives[n] ?? 0) > SHORTEST_LIFE_MS);

  const usedBefore = await usedBytes();
  for (let made = 0; made < live; made += BATCH)
    await redis.eval(COPY, { keys: own, arguments: [String(made), String(Math.min(BATCH, live - made))] });
  const bytesEach = ((await usedBytes()) - usedBefore) / live;
  connection.close();
  redis.destroy();
  return bytesEach;

  async function usedBytes(): Promise<number> {
    return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  }
}
