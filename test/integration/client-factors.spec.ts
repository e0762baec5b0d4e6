import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClientBench, type Application } from '../support/client-bench.js';
import { newPhone } from '../support/login.js';
import { oathCode } from '../support/oathtool.js';

/** Authenticators and backup codes by the published client, over a bad network: whatever is lost, it happens once. */
let bench: ClientBench;

beforeAll(async () => {
  bench = await ClientBench.open();
});
afterAll(() => bench.close());

const PERIOD_MS = 30_000;
const PROOF = { purpose: 'change-factors' };

/** A login's own server: its key may not do what administrators may. */
const login = () => bench.application([], { apiKey: bench.loginKey });

/** Somebody with an authenticator and backup codes. */
async function enrolled({ einmal }: Application, subject: string) {
  const begun = await einmal.createFactor({ subject });
  if (!begun.ok) throw new Error(begun.error.detail);
  const { id, secret } = begun.data;
  const code = await oathCode({ secret });
  const activated = await einmal.activateFactor(id, { code });
  if (!activated.ok) throw new Error(activated.error.detail);
  const codes = activated.data.backupCodes ?? [];
  return { id, codes, next: () => oathCode({ secret }, Date.now() + PERIOD_MS) };
}

/** The token of an approval to change the factors of somebody, by a backup code. */
async function proven({ einmal }: Application, subject: string, code: string | undefined): Promise<string> {
  const start = await einmal.startVerification({ subject, channels: ['backup-code'], ...PROOF });
  if (!start.ok) throw new Error(start.error.detail);
  const check = await einmal.checkCode(start.data.id, { code: code ?? '', channel: 'backup-code', subject, ...PROOF });
  if (!check.ok) throw new Error(check.error.detail);
  return check.data.token;
}

// Most of their time is what a client waits before it asks again.
describe.concurrent('over a network on which answers are lost', () => {
  test('R71 an authenticator is enrolled, and answers to its first code once more', async () => {
    const [subject, { einmal, network }] = ['enrolled', await login()];
    network.meets('lost');
    const begun = await einmal.createFactor({ subject, label: 'Phone', issuer: 'Shop' });
    if (!begun.ok) throw new Error(begun.error.detail);
    expect(begun.data).toMatchObject({ status: 'pending', channel: 'totp', label: 'Phone' });
    expect(begun.data.uri).toMatch(/^otpauth:\/\/totp\/Shop/);
    network.meets('lost');
    const code = await oathCode(begun.data);
    const activated = await einmal.activateFactor(begun.data.id, { code });
    expect(activated).toMatchObject({ ok: true, data: { status: 'active', backupCodes: null } });
    const found = await einmal.searchFactors({ subject });
    expect(found.ok && found.data.factors.map(({ channel }) => channel)).toEqual(['totp', 'backup-code']);
  });

  test('R66 R74 a code of an authenticator lets in once, and the token says how', async () => {
    const [subject, application] = ['totp', await login()];
    const { einmal, network } = application;
    const { id, next } = await enrolled(application, subject);
    const start = await einmal.startVerification({ subject });
    if (!start.ok) throw new Error(start.error.detail);
    expect(start.data).toMatchObject({ channels: ['totp', 'backup-code'], deliveries: [], factors: [{ id }, {}] });
    network.meets('lost');
    const code = await next();
    const check = await einmal.checkCode(start.data.id, { code, channel: 'totp', subject });
    if (!check.ok) throw new Error(check.error.detail);
    const consumed = await einmal.consumeToken({ token: check.data.token, subject });
    expect(consumed).toMatchObject({ ok: true, data: { channel: 'totp', amr: ['otp', 'totp'] } });
    network.meets('lost');
    const again = await einmal.checkFactor(id, { code });
    expect(again).toMatchObject({ ok: false, error: { code: 'wrong-code', reason: 'already-used', attemptsLeft: 0 } });
  });

  test('R72 a backup code lets in once, and there are new ones', async () => {
    const [subject, application] = ['backup', await login()];
    const { einmal, network } = application;
    const { codes } = await enrolled(application, subject);
    const approvalToken = await proven(application, subject, codes[0]);
    network.meets('lost');
    const made = await einmal.createBackupCodes({ subject }, { approvalToken });
    if (!made.ok) throw new Error(made.error.detail);
    expect(new Set([...codes, ...made.data.backupCodes]).size).toBe(20);
    const check = (code = '') => einmal.checkFactor(made.data.id, { code });
    expect(await check(codes[1])).toMatchObject({ ok: false, error: { code: 'wrong-code' } });
    expect(await check(made.data.backupCodes[9]?.toLowerCase())).toMatchObject({
      ok: true,
      data: { channel: 'backup-code' },
    });
  });

  test('R73 factors are changed by who shows one, and not by who was sent a code', async () => {
    const [subject, application] = ['changed', await login()];
    const { einmal, network } = application;
    const { id, codes } = await enrolled(application, subject);
    for (const refused of [
      await einmal.createFactor({ subject }),
      await einmal.createBackupCodes({ subject }),
      await einmal.removeFactor(id),
      await einmal.removeFactor(id, { approvalToken: await sent(application, subject) }),
    ])
      expect(refused).toMatchObject({ ok: false, error: { code: 'factor-proof-needed' } });
    expect(await einmal.removeFactor(id, { approvalToken: 'ü\n' })).toMatchObject({ error: { code: 'invalid-token' } });
    expect(await einmal.renameFactor(id, { label: 'Old phone' })).toMatchObject({
      ok: true,
      data: { label: 'Old phone' },
    });
    const approvalToken = await proven(application, subject, codes[0]);
    network.meets({ status: 503 });
    expect(await einmal.removeFactor(id, { approvalToken })).toEqual({ ok: true, data: undefined });
    network.meets('lost');
    expect(await einmal.readFactor(id)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  test('administrators take factors over, let them be tried again, and remove them all', async () => {
    const [subject, { einmal, network }] = ['imported', await bench.application()];
    network.meets('lost');
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const imported = await einmal.importFactors({
      factors: [
        { subject, secret },
        { subject, secret: 'short' },
      ],
    });
    if (!imported.ok) throw new Error(imported.error.detail);
    const [{ kind, id }, refused] = imported.data.results as [{ kind: string; id: string }, object];
    expect([kind, refused]).toEqual(['there-already', { kind: 'refused', detail: expect.any(String) as string }]);
    expect(await einmal.checkFactor(id, { code: await oathCode({ secret }) })).toMatchObject({ ok: true });
    network.meets('lost');
    expect(await einmal.unlockFactor(id)).toEqual({ ok: true, data: undefined });
    expect(await einmal.eraseFactors({ subject })).toEqual({ ok: true, data: { factors: 1 } });
  });
});

/** The token of an approval by a code that was sent. */
async function sent({ einmal }: Application, subject: string): Promise<string> {
  const phone = newPhone();
  const start = await einmal.startVerification({ to: { phone }, channels: ['sms'], subject, ...PROOF });
  if (!start.ok) throw new Error(start.error.detail);
  const check = await einmal.checkCode(start.data.id, { code: await bench.codeFor(phone), subject, ...PROOF });
  if (!check.ok) throw new Error(check.error.detail);
  return check.data.token;
}
