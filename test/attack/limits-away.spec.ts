/** Take the limiter down and everything is allowed: a limit that fails open is off exactly when somebody made it fail. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { Log } from '../../src/platform/log/log.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { limiterOf } from '../support/limiter-of.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { startPrivateRedis, type RunningRedis } from '../support/servers/private-redis.js';

const guess = { applicationId: 'app_1', recipient: 'victim', ip: '192.0.2.7' };
let folder: string;
let server: RunningRedis;
let redis: RedisConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-limits-'));
  server = await startPrivateRedis(folder);
  redis = await new RedisConnection(server.url, Log.to('silent')).open();
});
afterAll(async () => {
  redis.close();
  await rm(folder, { recursive: true, force: true });
});

test('R51 while Redis is away nothing is allowed: 503, at once', async () => {
  const limiter = limiterOf(new RedisCounters(redis, new ShiftedClock()));
  await expect(limiter.take('send', 'before', guess)).resolves.toMatchObject({ kind: 'allowed' });
  await server.stop();
  const began = performance.now();
  const outcomes = await Promise.allSettled([
    ...(['send', 'check', 'failed-check'] as const).map((on) => limiter.take(on, 'after', guess)),
    limiter.refund('send', 'before', guess),
    limiter.succeeded('after', guess),
    limiter.unlock(guess),
  ]);

  const unavailable = { status: 'rejected', reason: { kind: 'unavailable', code: 'unavailable' } };
  expect(outcomes).toMatchObject(Array(outcomes.length).fill(unavailable));
  expect(performance.now() - began).toBeLessThan(2_500);
});
