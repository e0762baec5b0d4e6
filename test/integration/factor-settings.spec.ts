import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSecret } from '../support/base32-secret.js';
import { oathCode } from '../support/oathtool.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { WholeService } from '../support/whole-service.js';

/** What an application sets about its authenticators, as those who use them see it. */

interface Answer {
  status?: string;
  code?: string;
  uri?: string;
  results?: { id: string }[];
}

const STEP_MS = 30_000;

let store: TestDatabase;
let clock: ShiftedClock;
let service: WholeService;
let key: string;
let people = 0;

beforeAll(async () => {
  store = await openTestDatabase();
  clock = new ShiftedClock();
  service = await WholeService.start(store.database, undefined, 'api', clock);
  ({ key } = await service.tenant('shop'));
});
afterAll(async () => {
  await service.close();
  await store.close();
});

// A second into a step, so that no code grows older while a test looks at it.
beforeEach(() => {
  clock.advance(STEP_MS - (clock.now() % STEP_MS) + 1_000);
});

async function ask(method: 'PUT' | 'POST' | 'GET', url: string, payload?: object, headers: object = {}) {
  const authorized = { authorization: `Bearer ${key}`, ...headers };
  const reply = await service.app.inject({ method, url, headers: authorized, ...(payload && { payload }) });
  return { etag: String(reply.headers.etag), body: reply.json<Answer>() };
}

async function set(factors: object): Promise<void> {
  const { etag } = await ask('GET', '/v1/admin/settings');
  await ask('PUT', '/v1/admin/settings', { factors }, { 'if-match': etag });
}

/** What is answered to the code that a new authenticator showed so many steps ago. */
async function codeOf(stepsAgo: number): Promise<unknown> {
  const secret = newSecret();
  const subject = `user-${String((people += 1))}`;
  const { body } = await ask('POST', '/v1/factors/import', { factors: [{ subject, secret }] });
  const code = await oathCode({ secret }, clock.now() - stepsAgo * STEP_MS);
  const checked = await ask('POST', `/v1/factors/${body.results?.[0]?.id ?? ''}/checks`, { code });
  return checked.body.code ?? checked.body.status;
}

test.each([
  [0, ['approved', 'wrong-code', 'wrong-code', 'wrong-code']],
  [2, ['approved', 'approved', 'approved', 'wrong-code']],
  [1, ['approved', 'approved', 'wrong-code', 'wrong-code']],
])('R68 with a window of %i the codes of 0, 1, 2 and 3 steps ago are told: %j', async (window, answers) => {
  await set({ window });
  const told: unknown[] = [];
  for (const stepsAgo of answers.keys()) told.push(await codeOf(stepsAgo));
  expect(told).toEqual(answers);
});

test('an enrolment names the issuer that is set, and without one the application', async () => {
  const issuers: (string | null)[] = [];
  for (const factors of [{}, { issuer: 'Shop & Söhne' }]) {
    await set(factors);
    const { body } = await ask('POST', '/v1/factors', { subject: `user-${String((people += 1))}` });
    issuers.push(new URL(body.uri ?? '').searchParams.get('issuer'));
  }
  expect(issuers).toEqual(['shop', 'Shop & Söhne']);
});
