import { setTimeout as sleep } from 'node:timers/promises';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DisconnectsClientError } from 'redis';
import { afterEach, expect, inject, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { ClusterTopology } from '../../src/platform/redis/cluster-topology.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { nameOf, RedisNode } from '../../src/platform/redis/redis-node.js';
import { RedisNodes } from '../../src/platform/redis/redis-nodes.js';
import type { Address } from '../../src/platform/redis/redis-url.js';
import { Script } from '../../src/platform/redis/script.js';
import { eventually } from '../support/eventually.js';
import { ScriptedRedis } from '../support/scripted-redis.js';

const OPTIONS = { tls: false, login: {}, database: 0 };
const LOG = Log.to('silent');
/** Longer than `Lookout` holds what it has found out. */
const UNTIL_NEXT_LOOK_MS = 110;

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function scripted(...script: Parameters<typeof ScriptedRedis.start>): Promise<ScriptedRedis> {
  const redis = await ScriptedRedis.start(...script);
  ends.push(() => {
    redis.stop();
  });
  return redis;
}

const bulk = (text: string) => `$${String(text.length)}\r\n${text}\r\n`;
/** One server has every slot. */
const slotsOf = ({ host, port }: Address) => `*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n${bulk(host)}:${String(port)}\r\n`;
const infoOf = (state: string, epoch: number) =>
  bulk(`cluster_state:${state}\r\ncluster_current_epoch:${String(epoch)}\r\n`);

test('R51 a connection that is closed brings the replies on their way, takes nothing more, and ends', async () => {
  const redis = await scripted(async ([name]) => {
    await sleep(name === 'COUNT' ? 200 : 0);
    return ':1\r\n';
  });
  const node = await new RedisNode(redis.address, OPTIONS, LOG).reached(2_000);
  const count = () => node.run((client) => client.sendCommand(['COUNT']));

  const onItsWay = count();
  node.close();

  await expect(count()).rejects.toThrow(/closed/);
  expect(await onItsWay).toBe(1);
  await eventually(() => {
    expect(redis.connections).toBe(0);
  });
});

test('R51 a connection that is closed does not wait for a server that hangs', async () => {
  const redis = await scripted(([name]) => (name === 'COUNT' ? new Promise(() => undefined) : undefined));
  const node = await new RedisNode(redis.address, OPTIONS, LOG).reached(2_000);

  const onItsWay = node.run((client) => client.sendCommand(['COUNT']));
  node.close();

  // Not by the time-out of the socket, which every ping puts off.
  await expect(onItsWay).rejects.toThrow(DisconnectsClientError);
  await eventually(() => {
    expect(redis.connections).toBe(0);
  });
});

test('R51 every script that a new master runs before it has a slot is answered', async () => {
  let ran = 0;
  const fresh = await scripted(async ([name]) => {
    if (name !== 'EVAL') return '+OK\r\n';
    ran += 1;
    await sleep(30);
    return ':1\r\n';
  });
  const ask = `-ASK 1 ${nameOf(fresh.address)}\r\n`;
  const master = await scripted(([name, about]) => {
    if (name === 'CLUSTER') return about === 'SLOTS' ? slotsOf(master.address) : infoOf('ok', 1);
    return name === 'EVALSHA' ? ask : undefined;
  });
  const file = join(inject('scratchFolder'), 'one.lua');
  await writeFile(file, 'return 1');
  const one = new Script(pathToFileURL(file));
  const redis = await new RedisConnection(`redis+cluster://${nameOf(master.address)}`, LOG).open();
  ends.push(() => {
    redis.close();
  });

  // Over two of the looks that are made every second, none of which tells of the new master.
  const endsAt = performance.now() + 2_200;
  const replies: unknown[] = [];
  while (performance.now() < endsAt)
    replies.push(...(await Promise.all(Array.from({ length: 60 }, () => one.run(redis, ['key'], [])))));

  expect(new Set(replies)).toEqual(new Set([1]));
  expect(ran).toBe(replies.length);
});

test('R51 a look does not close the connection that a call was just sent to', async () => {
  const fresh = await scripted(() => undefined);
  const master = await scripted(([name, about]) => {
    if (name === 'CLUSTER') return about === 'SLOTS' ? slotsOf(master.address) : infoOf('ok', 1);
    return undefined;
  });
  const topology = new ClusterTopology([master.address], new RedisNodes(OPTIONS, LOG), LOG);
  ends.push(() => {
    topology.close();
  });
  await topology.open();
  await sleep(UNTIL_NEXT_LOOK_MS);

  const sentTo = topology.at(fresh.address);
  await topology.lookAgain();

  await expect(sentTo.reached(2_000)).resolves.toBe(sentTo);
});

test.each([
  ['has not heard of the last election', infoOf('ok', 4)],
  ['is cut off, whatever it has begun there', infoOf('fail', 9)],
])('R51 a node of a cluster that %s is not believed', async (_, told) => {
  const former = await scripted(([name, about]) => {
    if (name === 'CLUSTER') return about === 'SLOTS' ? slotsOf(former.address) : told;
    return undefined;
  });
  const current = await scripted(([name, about]) => {
    if (name === 'CLUSTER') return about === 'SLOTS' ? slotsOf(current.address) : infoOf('ok', 5);
    return undefined;
  });
  const seeds = [former.address, current.address];
  const topology = new ClusterTopology(seeds, new RedisNodes(OPTIONS, LOG), LOG);
  ends.push(() => {
    topology.close();
  });
  await topology.open();
  const believed = () => topology.primaries().map(({ name }) => name);
  const look = async () => {
    await sleep(UNTIL_NEXT_LOOK_MS);
    await topology.lookAgain();
    return believed();
  };

  await eventually(async () => {
    expect(await look()).toEqual([nameOf(current.address)]);
  });
  // Each look asks in an order of its own.
  for (let looks = 0; looks < 10; looks += 1) expect(await look()).toEqual([nameOf(current.address)]);
});
