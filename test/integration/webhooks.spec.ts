import { afterAll, beforeAll, describe } from 'vitest';
import { openTestDatabase } from '../support/postgres.js';
import { administration } from './webhooks/administration.suite.js';
import { endpoints } from './webhooks/endpoints.suite.js';
import { messages } from './webhooks/messages.suite.js';
import { startWebhooks, type Stage } from './webhooks/stage.js';

/** One service for all of it. Nobody sends: what is due stays due. */
const stage = {} as Stage;
beforeAll(async () => {
  stage.store = await openTestDatabase();
  stage.service = await startWebhooks(stage.store.database, 'api');
});
afterAll(async () => {
  await stage.service.close();
  await stage.store.close();
});

for (const suite of [endpoints, messages, administration])
  describe(suite.name, () => {
    suite(stage);
  });
