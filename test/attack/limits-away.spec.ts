/** Take the limiter down and everything is allowed: a limit that fails open is off exactly when somebody made it fail. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import { LiveValues } from '../../src/platform/live/live-values.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { unavailable } from '../../src/shared/refusals.js';
import { limiterOf, SetRules } from '../support/limiter-of.js';
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

/** What LiveValues asks of Postgres, which can be taken away. */
class Ledger {
  away = false;
  version = 1;
  max = 1;

  query(): Promise<unknown[]> {
    return this.away
      ? Promise.reject(unavailable('Postgres is away.'))
      : Promise.resolve([{ topic: 'rules', version: String(this.version) }]);
  }
}

test('R51 I18 while Postgres is away the last good rules hold, and what is not sound never does', async () => {
  const ledger = new Ledger();
  const live = new LiveValues(ledger as unknown as Database, null, Log.to('silent'));
  const rules = new SetRules([]);
  await live.keep('rules', async () => {
    await ledger.query();
    if (ledger.max < 1) throw new Error('no rule has a maximum below 1');
    rules.rules = DEFAULT_RULES.map((rule) => (rule.name === 'ip-hour' ? { ...rule, max: ledger.max } : rule));
  });
  const limiter = limiterOf(new MemoryCounters(new ShiftedClock()), rules);
  const send = async (recipient: string) =>
    (await limiter.take('send', recipient, { applicationId: 'app_1', recipient, ip: '192.0.2.9' })).kind;
  const changed = async (max: number) => {
    Object.assign(ledger, { max, version: ledger.version + 1 });
    await live.announce();
  };

  expect([await send('a'), await send('b')]).toEqual(['allowed', 'refused']);
  ledger.away = true;
  await changed(1_000);
  expect(await send('b')).toBe('refused');
  ledger.away = false;
  await changed(0);
  expect(await send('b')).toBe('refused');
  await changed(2);
  expect([await send('b'), await send('c')]).toEqual(['allowed', 'refused']);
});
