import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { EinmalConfig } from '../config.js';
import { HashQueue } from '../platform/hashing/hash-queue.js';
import type { Database } from '../platform/postgres/database.js';
import { DueDeliveriesCount } from './due-deliveries.js';
import { DueWebhooks } from './due-webhooks.js';
import { Metrics } from './metrics.js';
import { StoreProbe } from './store-probe.js';
import { UncappedApplications } from './uncapped-applications.js';

it('a Postgres that does not answer is asked everything at once, and told of in time', async () => {
  let asked = 0;
  const hangs = () => {
    asked += 1;
    return new Promise(() => undefined);
  };
  const database = { query: hangs } as unknown as Database;
  const uncapped = new UncappedApplications(database, new EinmalConfig({}, {}, {}));
  const due = new DueDeliveriesCount(database);
  const webhooks = new DueWebhooks(database);
  const metrics = new Metrics(new HashQueue(1, 1), new StoreProbe(database), due, uncapped, webhooks);
  const text = metrics.text();
  expect(asked).toBe(4);
  // Prometheus gives up after ten.
  const told = await Promise.race([text, sleep(9_000, 'nothing')]);
  expect(told).toContain('einmal_store_up{store="postgres"} 0');
  expect(told).toMatch(/^einmal_deliveries_due nan$/im);
  metrics.onApplicationShutdown();
}, 15_000);
