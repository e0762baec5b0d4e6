import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { WakeUp } from '../../src/delivery/adapters/wake-up.js';
import { Worker } from '../../src/delivery/adapters/worker.js';
import { readEnv } from '../../src/env.js';
import { Log } from '../../src/platform/log/log.js';
import { dataSource } from '../../src/platform/postgres/data-source.js';
import { Database } from '../../src/platform/postgres/database.js';
import { RedisConnection } from '../../src/platform/redis/connection.js';
import { Runtime } from '../../src/platform/runtime.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { eventually } from '../support/eventually.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';

const silent = Log.to('silent');
let opened: TestDatabase & { url: string };
let database: Database;
/** A second process's pool on the same tables. */
let elsewhere: Database;
let sms: ScriptedProvider;
const workers: Worker[] = [];

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  const target = { url: opened.url };
  const source = dataSource({ target, poolSize: 10, entities: [], migrations: [] });
  await source.initialize();
  elsewhere = new Database(source, silent);
});
afterAll(async () => {
  await elsewhere.dataSource.destroy();
  await opened.close();
});
beforeEach(async () => {
  await database.query('DELETE FROM deliveries');
  sms = new ScriptedProvider('sms-1', 'sms');
});
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

async function startWorker(on: Database, wakeUp = new WakeUp(null)): Promise<Worker> {
  const { env } = readEnv({});
  if (!env) throw new Error('no environment');
  const { due, handleDue } = new DeliveryBench(on, [sms]);
  const worker = new Worker(due, handleDue, wakeUp, silent, new Runtime(env));
  workers.push(worker);
  await worker.start();
  return worker;
}
const statuses = async () => {
  const sql = 'SELECT status, count(*)::int AS count FROM deliveries GROUP BY status';
  return database.query<{ status: string; count: number }>(sql);
};

describe('workers', () => {
  it('I6 of two processes send every delivery once', async () => {
    await Promise.all(Array.from({ length: 300 }, () => queueDelivery(database)));
    await Promise.all([startWorker(database), startWorker(elsewhere)]);
    await eventually(async () => {
      expect(await statuses()).toEqual([{ status: 'sent', count: 300 }]);
    });
    expect(sms.requests).toHaveLength(300);
    expect(new Set(sms.requests.map(({ messageId }) => messageId)).size).toBe(300);
  });

  it('claim no row twice, however many ask at once', async () => {
    await Promise.all(Array.from({ length: 300 }, () => queueDelivery(database)));
    const [here, there] = [new DeliveryBench(database, []), new DeliveryBench(elsewhere, [])];
    const claims = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? here : there).due.claim(10)));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(200);
  });

  it('R96 hand over to the next process when one stops in the middle', async () => {
    sms.meanwhile = () => new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(Array.from({ length: 150 }, () => queueDelivery(database)));
    const first = await startWorker(database);
    await eventually(() => {
      expect(sms.requests.length).toBeGreaterThan(30);
    });
    await first.stop();
    await startWorker(elsewhere);
    await eventually(async () => {
      expect(await statuses()).toEqual([{ status: 'sent', count: 150 }]);
    });
    expect(sms.requests).toHaveLength(150);
  });
});

describe('a nudge', () => {
  let redis: TestRedis;
  let there: RedisConnection;
  beforeEach(async () => {
    redis = await openTestRedis();
    there = await new RedisConnection(inject('redisUrl'), silent, redis.redis.prefix).open();
  });
  afterEach(() => {
    there.close();
    redis.close();
  });

  it('of a process without a worker wakes one elsewhere, long before it would look by itself', async () => {
    await startWorker(elsewhere, new WakeUp(there));
    // Not due for the poll's look, due for the nudge's.
    const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
    for (let round = 0; round < 3; round += 1) {
      await wait();
      const message_id = newId('msg');
      await queueDelivery(database, { message_id });
      const start = Date.now();
      new WakeUp(redis.redis).nudge();
      await eventually(() => {
        expect(sms.requests.some(({ messageId }) => messageId === message_id)).toBe(true);
      });
      expect(Date.now() - start).toBeLessThan(700);
    }
  });
});
