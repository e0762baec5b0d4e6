import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { RedisFitness } from '../../src/platform/redis/redis-fitness.js';
import { Script } from '../../src/platform/redis/script.js';
import { eventually } from '../support/eventually.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';
import { askRedis } from '../support/servers/ask-redis.js';
import { startPrivateRedis } from '../support/servers/private-redis.js';
import type { PrivateServer } from '../support/servers/private-server.js';
import { until } from '../support/servers/until.js';

/** Where the address leads that REDIS_URL names; what is connected stays where it is, as behind a virtual IP. */
let leadsTo: number;
const sockets = new Set<Socket>();
const front = createServer((near) => {
  const far = connect(leadsTo, '127.0.0.1');
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    sockets.add(from);
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    from.pipe(to);
  }
});

let servers: PrivateServer[];
let primary: PrivateServer;
let replica: PrivateServer;
let opened: TestRedis;
let count: Script;

beforeAll(async () => {
  const scratch = inject('scratchFolder');
  servers = await Promise.all([startPrivateRedis(scratch), startPrivateRedis(scratch)]);
  [primary, replica] = servers as [PrivateServer, PrivateServer];
  await follow();
  leadsTo = primary.port;
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  opened = await openTestRedis(`redis://127.0.0.1:${String((front.address() as AddressInfo).port)}`);
  const file = join(scratch, 'count.lua');
  await writeFile(file, `return redis.call('INCR', KEYS[1])`);
  count = new Script(pathToFileURL(file));
});
afterAll(async () => {
  opened.close();
  front.close();
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => server.kill()));
});

/** A planned fail-over: the former primary stays up as a replica, and nothing is lost. */
async function swapRoles(): Promise<void> {
  await until('the replica has everything', async () => {
    const [, written] = (await askRedis(primary.port, 'ROLE')) as [string, number];
    const [, , , , copied] = (await askRedis(replica.port, 'ROLE')) as [string, string, number, string, number];
    return copied >= written || null;
  });
  [primary, replica] = [replica, primary];
  await askRedis(primary.port, 'REPLICAOF', 'NO', 'ONE');
  await follow();
}

async function follow(): Promise<void> {
  await askRedis(replica.port, 'REPLICAOF', '127.0.0.1', String(primary.port));
  await until('the replica follows', async () => {
    const [role, , , link] = (await askRedis(replica.port, 'ROLE')) as string[];
    return (role === 'slave' && link === 'connected') || null;
  });
}

const countOn = (key: string) => count.run(opened.redis, [opened.redis.prefix + key], []);
const problems = () => new RedisFitness(opened.redis, Log.to('silent')).shortcomings();
/** What has been found out holds for a moment, so it is asked more than once. */
const problemsAreOver = () =>
  eventually(async () => {
    expect(await problems()).toEqual([]);
  });

test('R51 scripts go on where the address leads after a fail-over, each of them once', async () => {
  expect(await countOn('scripts')).toBe(1);
  await swapRoles();
  leadsTo = primary.port;

  const counted = await Promise.all(Array.from({ length: 20 }, () => countOn('scripts')));

  expect(counted.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 2));
});

test('R51 R95 readiness finds the new primary although nobody asks for anything else', async () => {
  await swapRoles();
  leadsTo = primary.port;

  await problemsAreOver();
  expect(await countOn('readiness')).toBe(1);
});

test('R95 readiness says that an address leads to a replica, for as long as it does', async () => {
  await swapRoles();

  expect(await problems()).toEqual([expect.stringContaining('is not a primary (role slave)')]);
  await expect(countOn('replica')).rejects.toMatchObject({ code: 'unavailable' });

  leadsTo = primary.port;
  await problemsAreOver();
  expect(await countOn('replica')).toBe(1);
});
