import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { openTestDatabase, type TestDatabase } from './postgres.js';
import { WebhookBench } from './webhook-bench.js';
import { takes, WebhookReceiver } from './webhook-receiver.js';
import { forgetWebhooks } from './webhook-rows.js';

/** The suite's own Postgres, one process that tells endpoints, and a receiver; each test begins with nothing told and nothing owed. */
export interface WebhookStage {
  readonly database: Database;
  readonly receiver: WebhookReceiver;
  readonly bench: WebhookBench;
}

/** Its hooks run before those that are registered later. */
export function webhookStage(): WebhookStage {
  let opened: TestDatabase;
  let receiver: WebhookReceiver;
  let bench: WebhookBench;
  beforeAll(async () => {
    opened = await openTestDatabase();
    receiver = await WebhookReceiver.start();
    bench = new WebhookBench(opened.database);
  });
  afterAll(async () => {
    await bench.close();
    await receiver.stop();
    await opened.close();
  });
  beforeEach(async () => {
    await forgetWebhooks(opened.database);
    receiver.told.length = 0;
    receiver.behaviour = takes;
    bench.logged.length = 0;
  });
  return {
    get database() {
      return opened.database;
    },
    get receiver() {
      return receiver;
    },
    get bench() {
      return bench;
    },
  };
}
