import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInstallation, type Installation } from '../support/installation.js';
import { restartInTurn } from '../support/restart-in-turn.js';
import { rotateApiKey } from '../support/rotate-api-key.js';

/** What operators do on a working day, at a rate that a test can afford. `npm run drills` does the same at full rate. */
const REQUESTS_PER_SECOND = 25;

let shop: Installation;

beforeAll(async () => {
  shop = await openInstallation();
});
afterAll(() => shop.close());

test('R96 R98 I14 two processes are restarted in turn while the schema changes below them, and no request fails', async () => {
  await restartInTurn(shop, REQUESTS_PER_SECOND);
}, 240_000);

test('I17 R77 an application changes its key under load, and no request fails', async () => {
  const services = await Promise.all([shop.start(), shop.start()]);
  const { load } = await rotateApiKey(shop, services, REQUESTS_PER_SECOND);
  expect(load.failures).toEqual([]);
});
