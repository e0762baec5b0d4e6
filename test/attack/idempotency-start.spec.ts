/**
 * A retry that sends a second message, or a key that answers for another request, another tenant or another body
 * (draft-ietf-httpapi-idempotency-key-header; Stripe's rules).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, Login, newPhone, startLogin } from '../support/login.js';
import { atOnce, rounds, tally } from '../support/parallel.js';
import { passPause } from '../support/time-passes.js';

let deployment: Deployment;
let number = 0;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

const newKey = () => `start-${String((number += 1))}`;

const startedWith = async (idempotencyKey: string) =>
  deployment.database.query('SELECT id FROM verifications WHERE idempotency_key = $1', [idempotencyKey]);

test('R29 a retry is answered the same on any process, though limits would refuse, and sends nothing', async () => {
  const to = { phone: newPhone(), email: `${newPhone()}@example.org` };
  const body = { to, metadata: { a: '1', b: '2' }, locale: 'de' };
  const sameBody = { locale: 'de', metadata: { b: '2', a: '1' }, to: { email: to.email, phone: to.phone } };
  const idempotencyKey = newKey();
  const login = await startLogin(deployment, body, { idempotencyKey });
  const code = await login.code();
  expect((await callStart(deployment, body)).body.code).toBe('cooldown');

  for (const at of [0, 1])
    expect(await callStart(deployment, sameBody, { at, idempotencyKey })).toMatchObject({
      status: 202,
      body: login.started.body,
    });
  expect((await login.check(code)).status).toBe(200);
  const later = await callStart(deployment, body, { idempotencyKey });
  expect([later.status, later.body]).toEqual([202, login.started.body]);
  expect(await login.messages()).toHaveLength(1);
});

test('R29 a key with another body is refused, and spends nothing', async () => {
  const phone = newPhone();
  const idempotencyKey = newKey();
  await startLogin(deployment, { to: { phone } }, { idempotencyKey });
  const others = [{ to: { phone: newPhone() } }, { to: { phone }, purpose: 'login' }, { to: { phone }, codeLength: 7 }];
  for (const [at, body] of others.entries())
    expect(await callStart(deployment, body, { at, idempotencyKey })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-mismatch' },
    });

  const free = others[0]?.to.phone;
  expect((await callStart(deployment, { to: { phone: free } })).status).toBe(202);
});

test('R29 twenty at once on two processes: one verification and one message, the others told the same or to wait', () =>
  rounds(5, async () => {
    const body = { to: { phone: newPhone() } };
    const idempotencyKey = newKey();
    const replies = await atOnce(20, (at) => callStart(deployment, body, { at, idempotencyKey }));

    const { '202 pending': accepted = 0, '409 idempotency-in-flight': early = 0, ...others } = tally(replies);
    expect({ accepted: accepted > 0, all: accepted + early, others }).toEqual({ accepted: true, all: 20, others: {} });
    const bodies = replies.filter(({ status }) => status === 202).map((reply) => JSON.stringify(reply.body));
    expect(new Set(bodies).size).toBe(1);
    expect(await startedWith(idempotencyKey)).toHaveLength(1);
    const again = await callStart(deployment, body, { idempotencyKey });
    const login = new Login(deployment, again.body.id ?? '', again);
    await login.code();
    expect(await login.messages()).toHaveLength(1);
  }));

test('R29 the retries were not counted as sends', async () => {
  const body = { to: { phone: newPhone() } };
  const idempotencyKey = newKey();
  await atOnce(10, (at) => callStart(deployment, body, { at, idempotencyKey }));
  for (let n = 0; n < 2; n += 1) {
    await passPause(deployment);
    expect((await callStart(deployment, body)).status).toBe(202);
  }
  await passPause(deployment);
  expect((await callStart(deployment, body)).body.violatedPolicies).toEqual(['recipient-10-minutes']);
});

test('R29 a key belongs to one application', async () => {
  const body = { to: { phone: newPhone() } };
  const idempotencyKey = newKey();
  const tenant = await deployment.createTenant('another shop');
  const ours = await startLogin(deployment, body, { idempotencyKey });
  const theirs = await startLogin(deployment, { to: { phone: newPhone() } }, { idempotencyKey, tenant });
  expect(theirs.id).not.toBe(ours.id);
  expect(await callStart(deployment, body, { idempotencyKey, tenant })).toMatchObject({ status: 422 });
});

test('R29 a key whose start was refused is free for another try', async () => {
  const phone = newPhone();
  await startLogin(deployment, { to: { phone } });
  const idempotencyKey = newKey();
  expect((await callStart(deployment, { to: { phone } }, { idempotencyKey })).body.code).toBe('cooldown');
  await passPause(deployment);
  expect((await callStart(deployment, { to: { phone } }, { idempotencyKey })).status).toBe(202);
});

test.each([
  ['nothing', ''],
  ['a space', ' '],
  ['two words', 'two words'],
  ['a tab', 'tab\there'],
  ['a letter that is not ASCII', 'ümlaut'],
  ['256 characters', 'x'.repeat(256)],
])('R29 %s is not a key', async (_, key) => {
  const refused = await callStart(deployment, { to: { phone: newPhone() } }, { idempotencyKey: key });
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
});

test('R29 two keys are no key', async () => {
  const headers: [string, string][] = ['one', 'two'].map((key) => ['idempotency-key', key]);
  const response = await fetch(`${deployment.service().url}/v1/verifications`, {
    method: 'POST',
    headers: [['authorization', `Bearer ${deployment.tenant.key}`], ['content-type', 'application/json'], ...headers],
    body: JSON.stringify({ to: { phone: newPhone() } }),
  });
  expect(response.status).toBe(400);
});
