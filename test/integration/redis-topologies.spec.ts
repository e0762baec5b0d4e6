import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { RedisFitness } from '../../src/platform/redis/redis-fitness.js';
import { Script } from '../../src/platform/redis/script.js';
import { createWorld } from '../support/create-world.js';
import { eventually } from '../support/eventually.js';
import { failingRedis, type FailingRedis } from '../support/failing-redis.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';
import { askRedis } from '../support/servers/ask-redis.js';
import { startService } from '../support/start-service.js';

/** Production sends somewhere; here it never gets so far. */
const CONFIG =
  'providers: { main: { type: kannel, channel: sms, url: "http://127.0.0.1:1/", username: u, password: pass, from: Shop } }';

describe.each(failingRedis)('Redis under %s', (_, startRedis) => {
  let server: FailingRedis;
  let opened: TestRedis;
  let count: Script;

  beforeAll(async () => {
    const scratch = inject('scratchFolder');
    server = await startRedis(scratch);
    opened = await openTestRedis(server.url);
    const file = join(scratch, 'count.lua');
    await writeFile(file, `return redis.call('INCR', KEYS[1])`);
    count = new Script(pathToFileURL(file));
  });
  afterAll(async () => {
    opened.close();
    await server.stop();
  });

  const primaryPort = () => Number(opened.redis.primaries()[0]?.split(':')[1]);

  test('R95 production does not start when any primary forgets, and says which and what to do', async () => {
    const port = primaryPort();
    await askRedis(port, 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const world = await createWorld({ redisUrl: server.url });
    const starting = startService({
      ...{ world, configYaml: CONFIG, env: { NODE_ENV: 'production', PUBLIC_URL: 'https://codes.example.org' } },
    });

    await expect(starting).rejects.toThrow(
      `REDIS_URL: 127.0.0.1:${String(port)} evicts keys (maxmemory-policy allkeys-lru); set maxmemory-policy noeviction`,
    );
    await askRedis(port, 'CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    await world.close();
  });

  test('R51 R95 goes on by itself on a replica: scripts, nudges, and what readiness must know of it', async () => {
    const heard: string[] = [];
    await opened.redis.subscribe('due', (message) => heard.push(message));
    const keys = Array.from({ length: 20 }, (_key, n) => `${opened.redis.prefix}{${String(n)}}`);
    const countAll = () => Promise.all(keys.map((key) => count.run(opened.redis, [key], [])));
    expect(new Set(await countAll())).toEqual(new Set([1]));
    const fitness = new RedisFitness(opened.redis, Log.to('silent'));
    expect(await fitness.shortcomings()).toEqual([]);
    const ports = new Set(opened.redis.primaries());
    const replicas = server.servers.filter(({ port }) => !ports.has(`127.0.0.1:${String(port)}`));
    for (const { port } of replicas) await askRedis(port, 'CONFIG', 'SET', 'appendonly', 'no');

    const lost = await server.killPrimary();
    const refused = await Promise.allSettled(keys.map((key) => count.run(opened.redis, [key], [])));
    expect(refused).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'unavailable' }) as unknown,
    });
    await server.promoted(lost);
    await eventually(countAll);

    const [problem = '', ...others] = await fitness.shortcomings();
    expect({ problem, others }).toEqual({
      problem: expect.stringMatching(/keeps no append-only file/) as unknown,
      others: [],
    });
    expect(problem).not.toContain(String(lost.port));
    const elsewhere = await new RedisConnection(server.url, Log.to('silent'), opened.redis.prefix).open();
    await eventually(() => {
      elsewhere.publish('due', 'again');
      expect(heard).toContain('again');
    });
    elsewhere.close();
  });
});
