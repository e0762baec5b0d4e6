/**
 * Spraying: one guess on each of very many verifications. No attempt budget and no recipient's failure budget ever sees more than
 * one of them, and of a million codes one is right. It shows in the networks the guesses come from, and in the key they come with.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment, type Tenant } from '../support/deployment.js';
import type { Reply } from '../support/http-client.js';
import { newPhone, startLogin, wrong, type Answer, type Login } from '../support/login.js';
import { atOnce } from '../support/parallel.js';

const VERIFICATIONS = 24;
/** Verifications that one network may guess at in vain: half of what is usual, because each takes two requests. */
const BOUND = 10;

let deployment: Deployment;
let victim: Login;
let guesses: Reply<Answer>[];

/** One guess at each of many codes, from two networks in turn. */
beforeAll(async () => {
  deployment = await openDeployment();
  await watch(deployment.tenant);
  const sprayed = await atOnce(VERIFICATIONS, (n) => startLogin(deployment, {}, { at: n }));
  const codes = await Promise.all(sprayed.map((login) => login.code()));
  // The last one: its guess is refused.
  victim = sprayed.at(-1) as Login;
  guesses = [];
  for (const [n, login] of sprayed.entries()) {
    const endUser = from(n % 2, 1 + Math.floor(n / 8));
    guesses.push(await login.check(wrong(codes[n] ?? ''), { at: n }, { endUser }));
  }
}, 120_000);
afterAll(async () => {
  await deployment.close();
});

async function watch({ applicationId }: Tenant): Promise<void> {
  const fraud = {
    longerCodes: { mode: 'enforce' },
    spray: { network: { verifications: BOUND }, key: { verifications: BOUND + 5 } },
  };
  await deployment.database.query('UPDATE applications SET settings = settings || $2::jsonb WHERE id = $1', [
    applicationId,
    JSON.stringify({ fraud }),
  ]);
}

const from = (network: number, host: number) => ({ ip: `198.51.${String(network)}.${String(host)}` });

test('R26 one guess on each of many verifications is cut off per network, and nobody else is hurt', async () => {
  const compared = guesses.filter(({ body }) => body.code === 'wrong-code');
  const refused = guesses.filter(({ status }) => status === 429);
  expect(compared).toHaveLength(2 * BOUND);
  expect(refused).toHaveLength(VERIFICATIONS - 2 * BOUND);
  expect(new Set(refused.map(({ body }) => body.violatedPolicies?.join()))).toEqual(new Set(['spray-network']));
  expect(refused.every(({ body }) => (body.retryAfterSeconds ?? 0) > 3_000)).toBe(true);

  // Nothing was spent by those that were refused: their people still get in, from where they are.
  const answer = await victim.check(await victim.code(), {}, { endUser: { ip: '203.0.113.5' } });
  expect(answer.status).toBe(200);
  expect((await victim.read()).body).toMatchObject({ status: 'approved' });
});

test('R26 the key is told of once and refused never, and new codes are longer while it lasts', async () => {
  const sql = `SELECT payload FROM events WHERE application_id = $1 AND type = 'fraud.tripped'`;
  const events = await deployment.database.query<{ payload: { detector: string; enforced: boolean } }>(sql, [
    deployment.tenant.applicationId,
  ]);
  const told = events.map(({ payload: { detector, enforced } }) => `${detector} ${String(enforced)}`).sort();
  expect(told).toEqual(['spray-key false', ...Array<string>(2).fill('spray-network true')]);

  const to = { phone: newPhone(), email: 'late@example.org' };
  const sms = await startLogin(deployment, { to });
  const email = await startLogin(deployment, { to: { email: 'other@example.org' }, channels: ['email'] });
  const longer = [await sms.code(), await email.code()];
  expect(longer.map((code) => code.length)).toEqual([8, 8]);
  expect((await sms.check(longer[0])).status).toBe(200);

  const other = await deployment.createTenant('quiet');
  const usual = await startLogin(deployment, {}, { tenant: other });
  expect(await usual.code()).toHaveLength(6);
});

test('R26 what the application knows of no network counts for its key only', async () => {
  const other = await deployment.createTenant('without addresses');
  await watch(other);
  const logins = await atOnce(BOUND + 1, (n) => startLogin(deployment, {}, { at: n, tenant: other }));
  for (const login of logins) expect((await login.check(wrong(await login.code()))).status).toBe(422);
});
