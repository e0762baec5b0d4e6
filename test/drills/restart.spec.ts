import { afterAll, beforeAll, test } from 'vitest';
import { openInstallation, type Installation } from '../support/installation.js';
import { restartInTurn } from '../support/restart-in-turn.js';

const REQUESTS_PER_SECOND = Number(process.env['REQUESTS_PER_SECOND'] ?? 200);

let shop: Installation;

beforeAll(async () => {
  shop = await openInstallation();
});
afterAll(() => shop.close());

test('I14 a rolling restart across a migration', async () => {
  const { figures } = await restartInTurn(shop, REQUESTS_PER_SECOND);
  process.stdout.write(`${figures}\n`);
});
