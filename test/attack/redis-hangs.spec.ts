/**
 * A Redis that hangs under steady traffic: each new command kept its socket from looking idle, so that no idle timeout ended the
 * wait. Every caller waited for as long as Redis hung, and the whole backlog ran when it woke. What had left this machine
 * before the connection was given up can still run; nobody can take it back.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { Script } from '../../src/platform/redis/script.js';
import { eventually } from '../support/eventually.js';
import { startPrivateRedis } from '../support/servers/private-redis.js';
import type { PrivateServer } from '../support/servers/private-server.js';

const COMMANDS = 40;
const EVERY_MS = 200;

let server: PrivateServer;
let redis: RedisConnection;
let remember: Script;

beforeAll(async () => {
  server = await startPrivateRedis(inject('scratchFolder'));
  redis = await new RedisConnection(server.url, Log.to('silent')).open();
  const file = join(server.folder, 'remember.lua');
  await writeFile(file, `redis.call('SADD', KEYS[1], ARGV[1]) return redis.call('SMEMBERS', KEYS[1])`);
  remember = new Script(pathToFileURL(file));
});
afterAll(async () => {
  redis.close();
  server.thaw();
  await server.stop();
});

/** Runs one command, and gives the names of all that ran. */
const run = (name: string) => remember.run(redis, ['ran'], [name]);

interface Ending {
  name: string;
  code: unknown;
  beganAt: number;
  endedAt: number;
}

/** How a command ended, and when. */
async function ending(name: string): Promise<Ending> {
  const beganAt = performance.now();
  const code = await run(name).then(
    () => 'answered',
    (error: unknown) => (error as { code?: unknown }).code,
  );
  return { name, code, beganAt, endedAt: performance.now() };
}

test('R51 I18 Redis hangs under steady traffic: all of it is 503 within 3 s, and none of it after that runs later', async () => {
  await run('before');
  server.freeze();
  const pending: Promise<Ending>[] = [];
  for (let n = 0; n < COMMANDS; n += 1) {
    pending.push(ending(`hung-${String(n)}`));
    await sleep(EVERY_MS);
  }
  const endings = await Promise.all(pending);
  expect(endings.filter(({ code }) => code !== 'unavailable')).toEqual([]);
  expect(Math.max(...endings.map(({ beganAt, endedAt }) => endedAt - beganAt))).toBeLessThan(3_000);

  server.thaw();
  await eventually(async () => {
    expect(await run('after')).toContain('before');
  });
  // Whatever was still on its way has arrived by now.
  await sleep(500);
  const ran = await run('after');
  const givenUpAt = Math.min(...endings.map(({ endedAt }) => endedAt));
  const later = endings.filter(({ beganAt }) => beganAt > givenUpAt).map(({ name }) => name);
  expect(later.length).toBeGreaterThan(COMMANDS / 2);
  expect(later.filter((name) => (ran as string[]).includes(name))).toEqual([]);
});
