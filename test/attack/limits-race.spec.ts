/**
 * More messages or guesses than allowed, by asking many times at once on several nodes: limits that read, compare and then
 * write let every request through that read before the first one wrote.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { expect, inject, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { limiterOf } from '../support/limiter-of.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { built } from '../support/built.js';
import { openTestRedis } from '../support/redis.js';

test('R42 I4 two connections × 1000 parallel takes of 37: exactly 37', async () => {
  const first = await openTestRedis();
  const second = await new RedisConnection(inject('redisUrl'), Log.to('silent'), first.redis.prefix).open();
  const nodes = [first.redis, second].map((redis) => new RedisCounters(redis, new ShiftedClock()));
  const hour = { rule: 'hour', mark: 'h', max: 37, windowMs: 3_600_000 };
  const recipient = { key: 'recipient:x', kind: 'recipient', buckets: [hour], counts: 'h', needsRoom: '' };
  const takes = await Promise.all(
    nodes.flatMap((node, n) =>
      Array.from({ length: 1_000 }, (_, i) => node.take('app_1', `${String(n)}-${String(i)}`, [recipient])),
    ),
  );
  second.close();
  first.close();

  expect(takes.filter(({ kind }) => kind === 'taken')).toHaveLength(37);
});

const MINUTE_MS = 60_000;
/** By race, for each process. */
const ofEach = (takes: number) => ({ recipient: takes, country: takes, everywhere: takes, cap: takes });

test('R42 R43 I4 four processes × 5000 takes, then more across the window, one’s clock an hour off: admitted − limit = 0', async () => {
  const { redis, close } = await openTestRedis();
  const args = [dirname(built('env.js')), inject('redisUrl'), redis.prefix];
  const racers = [0, 60 * MINUTE_MS, 0, 0].map((clockOffByMs, node) =>
    fork(new URL('limits-racer.mjs', import.meta.url), [...args, `n${String(node)}`, String(clockOffByMs)]),
  );
  await Promise.all(racers.map(message));
  async function wave(takes: Record<string, number>, laterByMs: number): Promise<Record<string, number>> {
    const results = racers.map(message);
    for (const racer of racers) racer.send({ wave: laterByMs, takes, laterByMs });
    const nodes = (await Promise.all(results)) as Record<string, number>[];
    const races = Object.keys(nodes[0] ?? {});
    return Object.fromEntries(races.map((race) => [race, nodes.reduce((sum, node) => sum + (node[race] ?? 0), 0)]));
  }
  const waves = [
    await wave({ ...ofEach(200), recipient: 5_000 }, 0),
    await wave(ofEach(12), 59 * MINUTE_MS),
    await wave(ofEach(100), 61.5 * MINUTE_MS),
  ];
  for (const racer of racers) racer.disconnect();
  close();

  // A rule that keeps acts, one that adds them up, one across applications, and 142 times 7 of a cap of 1000.
  const full = { recipient: 37, country: 300, everywhere: 23, cap: 142 };
  expect(waves).toEqual([full, { recipient: 0, country: 0, everywhere: 0, cap: 0 }, full]);
}, 240_000);

test('R42 a re-sent take, as a client does after a reconnect, counts once', async () => {
  const { redis, close } = await openTestRedis();
  const limiter = limiterOf(new RedisCounters(redis, new ShiftedClock()));
  const guess = { applicationId: 'app_1', recipient: 'victim' };
  const twice = Array.from({ length: 1_000 }, (_, i) => String(Math.floor(i / 2)));
  const taken = await Promise.all(
    twice.map(async (reservation) => ({ reservation, ...(await limiter.take('failed-check', reservation, guess)) })),
  );
  close();

  expect(new Set(taken.filter(({ kind }) => kind === 'allowed').map(({ reservation }) => reservation)).size).toBe(10);
});

/** @throws when it ends instead. */
async function message(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a racer ended with ${String(code)}`)));
  const [content] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  return content;
}
