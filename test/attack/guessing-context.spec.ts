/**
 * A code used for something else than it was sent for: another person's session, a transfer in place of a login, another
 * amount (OWASP Transaction Authorization 2.10), another tenant's id (ASVS 8.2.2). What does not fit is answered like an id
 * that does not exist, and costs an attempt, so that nobody finds out by trying.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { startLogin, wrong } from '../support/login.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

const context = { subject: 'user-1', purpose: 'transfer', binding: { amount: '10.00 EUR', payee: 'Shop' } };
const { subject, purpose, binding } = context;

const OTHERS: [what: string, started: object, checked: object][] = [
  ['nothing', context, {}],
  ['no subject', context, { purpose, binding }],
  ['no purpose', context, { subject, binding }],
  ['no binding', context, { subject, purpose }],
  ['another subject', context, { ...context, subject: 'user-2' }],
  ['a subject that differs in case', context, { ...context, subject: 'User-1' }],
  ['another purpose', context, { ...context, purpose: 'login' }],
  ['another amount', context, { ...context, binding: { ...binding, amount: '10.0 EUR' } }],
  ['another payee', context, { ...context, binding: { ...binding, payee: 'Shop ' } }],
  ['subject and purpose swapped', context, { binding, subject: purpose, purpose: subject }],
  ['a subject nobody set', {}, { subject }],
  ['a purpose nobody set', {}, { purpose }],
  ['a binding nobody set', {}, { binding }],
  ['a subject in place of a purpose', { purpose }, { subject: purpose }],
];

const unknownId = () =>
  deployment.service().call('POST', `/v1/verifications/ver_${'A'.repeat(22)}/checks`, {
    key: deployment.tenant.key,
    body: { code: '000000' },
  });

test.each(OTHERS)('R23 the right code with %s is not found, and costs an attempt', async (_, started, checked) => {
  const login = await startLogin(deployment, { ...started });
  const code = await login.code();
  const refused = await login.check(code, {}, checked);

  expect(refused).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(refused.body).toEqual((await unknownId()).body);
  expect((await login.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 4 });
  const sql = 'SELECT failed_checks FROM verifications WHERE id = $1';
  expect(await deployment.database.query(sql, [login.id])).toEqual([{ failed_checks: 1 }]);
  expect((await login.check(code, {}, started)).status).toBe(200);
});

test('R23 five contexts that do not fit use the attempts up', async () => {
  const login = await startLogin(deployment, context);
  const code = await login.code();
  for (let n = 0; n < 5; n += 1)
    expect((await login.check(code, {}, { ...context, subject: `user-${String(n + 2)}` })).status).toBe(404);

  expect((await login.check(code, {}, context)).body.code).toBe('attempts-used-up');
  expect((await login.read()).body.status).toBe('failed');
});

test('R23 another application’s verification is not found, and its attempts are not touched', async () => {
  const login = await startLogin(deployment);
  const code = await login.code();
  const tenant = await deployment.createTenant('another shop');
  for (const call of [login.check(code, { tenant }), login.check(wrong(code), { tenant })])
    expect((await call).body).toEqual((await unknownId()).body);
  for (const call of [login.resend('sms', { tenant }), login.cancel({ tenant }), login.read({ tenant })])
    expect((await call).status).toBe(404);

  expect((await login.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
  expect((await login.check(code)).status).toBe(200);
});
