/**
 * Somebody who has seen a token shows it once more, or before an answer has come back to whoever showed it first. A signature
 * alone does not tell (ASVS 6.5.1 by extension), so whoever must be sure has the token consumed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalTokens } from '../../src/tokens/application/ports.js';
import { consume } from '../support/consume.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { documentedVerifier } from '../support/documented-verifier.js';
import { eventually } from '../support/eventually.js';
import { startLogin } from '../support/login.js';
import { atOnce, rounds, tally } from '../support/parallel.js';
import { newApproval, tokenSigner } from '../support/token-signer.js';

let deployment: Deployment;
let signer: ApprovalTokens;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  signer = tokenSigner(deployment.world.secrets, { issuer: deployment.service(0).url });
});
afterAll(() => deployment.close());

/** A token as a login of this moment gives it. */
const newToken = (approvedAt = new Date()) =>
  signer.sign(newApproval({ applicationId: deployment.tenant.applicationId, approvedAt }));

const used = { status: 410, body: { code: 'token-used' } };

test('R75 I1 one code gives one token, which is consumed once, and says what was approved', async () => {
  const context = { subject: 'user-1', purpose: 'transfer', binding: { amount: '10.00 EUR', payee: 'Shop' } };
  const login = await startLogin(deployment, context);
  const code = await login.code();
  const replies = await atOnce(50, (at) => login.check(code, { at }, context));
  const tokens = replies.flatMap(({ body }) => body.token ?? []);
  expect(tokens).toHaveLength(1);

  const [token] = tokens;
  const { status, body } = await consume(deployment, { token, ...context }, { at: 1 });
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { verificationId: login.id, subject: 'user-1', purpose: 'transfer', amr: ['otp', 'sms'], channel: 'sms' },
  });
  expect(Date.parse(body.expiresAt ?? '') - Date.parse(body.approvedAt ?? '')).toBe(120_000);
  expect(JSON.stringify(body)).not.toMatch(/10\.00|Shop|\+49/);
  for (const at of [0, 1]) expect(await consume(deployment, { token, ...context }, { at })).toMatchObject(used);
});

test('R74 R23 a verifier copied from the documentation takes our tokens, for what they are for and nothing else', async () => {
  const { applicationId } = deployment.tenant;
  const verify = await documentedVerifier(deployment.service(0).url, applicationId);
  const context = { subject: 'user-1', purpose: 'transfer', binding: { amount: '10.00 EUR', payee: 'Café' } };
  const login = await startLogin(deployment, context);
  const { token = '' } = (await login.check(await login.code(), {}, context)).body;

  const claims = await verify(token, context);
  expect(claims).toMatchObject({ aud: applicationId, sub: 'user-1', amr: ['otp', 'sms'], verification: login.id });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(120);
  expect(JSON.stringify(claims)).not.toMatch(/10\.00|Caf|\+49/);
  const binding = { amount: '10.00 EUR', payee: 'Cafe' };
  for (const other of [
    {},
    { ...context, subject: 'user-2' },
    { ...context, purpose: 'login' },
    { ...context, binding },
  ])
    await expect(verify(token, other)).rejects.toThrow('for something else');
  const others = await signer.sign(newApproval({ applicationId: 'app_other' }));
  await expect(verify(others)).rejects.toThrow('"aud"');
});

test('R75 forty callers at two processes with one token: one is told that it is good', () =>
  rounds(3, async () => {
    const token = await newToken();
    const replies = await atOnce(40, (at) => consume(deployment, { token }, { at }));
    expect(tally(replies)).toEqual({ '200 undefined': 1, '410 token-used': 39 });
  }));

test('R75 a lost answer is asked for again with its key, by nobody else, and consumes nothing else', async () => {
  const [token, another] = [await newToken(), await newToken()];
  const [first, ...again] = await atOnce(20, (at) => consume(deployment, { token }, { at, idempotencyKey: 'one' }));
  expect(first).toMatchObject({ status: 200 });
  for (const reply of again) expect([reply.status, reply.body]).toEqual([200, first?.body]);
  expect(await consume(deployment, { token })).toMatchObject(used);
  expect(await consume(deployment, { token }, { idempotencyKey: 'two' })).toMatchObject(used);

  const mismatch = { status: 422, body: { code: 'idempotency-mismatch' } };
  expect(await consume(deployment, { token: another }, { idempotencyKey: 'one' })).toMatchObject(mismatch);
  expect(await consume(deployment, { token: another })).toMatchObject({ status: 200 });
});

test('R75 a token past its end is consumed by nobody, not even by who has consumed it before', async () => {
  const approval = newApproval({ applicationId: deployment.tenant.applicationId });
  const token = await signer.sign(approval);
  expect(await consume(deployment, { token }, { idempotencyKey: 'old' })).toMatchObject({ status: 200 });
  expect(await consume(deployment, { token }, { idempotencyKey: 'old' })).toMatchObject({ status: 200 });

  const ended = await signer.sign({ ...approval, approvedAt: new Date(Date.now() - 121_000) });
  const past = `UPDATE consumed_tokens SET expires_at = expires_at - interval '121 seconds' WHERE jti = $1`;
  await deployment.database.query(past, [approval.tokenId]);
  const over = { status: 410, body: { code: 'token-expired' } };
  for (const idempotencyKey of ['old', 'another'])
    expect(await consume(deployment, { token: ended }, { idempotencyKey })).toMatchObject(over);

  const never = await newToken(new Date(Date.now() - 121_000));
  expect(await consume(deployment, { token: never }, { idempotencyKey: 'never' })).toMatchObject(over);
  const sql = 'SELECT jti FROM consumed_tokens WHERE expires_at < now()';
  expect(await deployment.database.query(sql)).toEqual([{ jti: approval.tokenId }]);
});

test('R92 whoever reads the log for attacks sees a token that is shown twice', async () => {
  const token = await newToken();
  for (const at of [0, 1]) await consume(deployment, { token }, { at });
  await eventually(() => {
    const lines = deployment.service(1).logs.filter((line) => line.includes('authn_token_reuse'));
    expect(lines.at(-1)).toContain('"route":"/v1/tokens/consume"');
    expect(lines.join()).not.toContain(token);
  });
});
