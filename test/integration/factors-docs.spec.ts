import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CALLS } from '../../src/client/api.js';
import { ANYWHERE } from '../../src/client/calls/carried.js';
import { ClientBench } from '../support/client-bench.js';
import { expressShop } from '../support/documented-logins/express-shop.js';
import { LOGIN_CALLS, type DocumentedLogin } from '../support/documented-logins/login.js';
import { call } from '../support/http-client.js';
import { inBase32, oathCode, scanned } from '../support/oathtool.js';
import { runCode, sectionOf } from '../support/page-code.js';
import { runCommands, shapeOf } from '../support/page-commands.js';
import { OATHTOOL, program } from '../support/servers/programs.js';

/** docs/factors.md as somebody would follow it: its account page in front of the real service, and a person with an app. */
const PAGE = 'factors.md';
let bench: ClientBench;
let shop: DocumentedLogin;

beforeAll(async () => {
  bench = await ClientBench.open();
  vi.stubEnv('EINMAL_URL', await bench.service.app.getUrl());
  const { key } = await bench.service.tenant('people', ['verify']);
  vi.stubEnv('EINMAL_API_KEY', key);
  const { accountFactors } = await runCode<{ accountFactors: () => RequestHandler }>(PAGE, 'On the account page');
  shop = await expressShop((app) => app.use(accountFactors()));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await shop.stop();
  await bench.close();
});

interface Answer {
  qr: string;
  uri: string;
  secret: string;
  token: string;
  backupCodes: string[];
}
interface Listed {
  id: string;
  channel: string;
  label: string | null;
}

const ask = <Body = Answer>(method: string, path: string, body?: object, token?: string) =>
  call<Body>(method, `${shop.url}/account/${path}`, {
    ...(body && { body }),
    ...(token !== undefined && { headers: { 'approval-token': token } }),
  });
const idOf = async (channel: string) => {
  const { body } = await ask<Listed[]>('GET', 'factors');
  return body.find((factor) => factor.channel === channel)?.id ?? '';
};
const approve = async (id: string, code = '') => (await ask('POST', `factors/${id}/approve`, { code })).body.token;

test('its commands do what they say, from the key of a login to the app that is asked first', async () => {
  await program(OATHTOOL); // installed where it was not
  const url = await bench.service.app.getUrl();
  const shown = await runCommands(PAGE, 'Try it', (commands) =>
    commands.replace('http://localhost:3000', url).replace('$(cat data/first-key)', bench.tenant.key),
  );
  expect(shown).toHaveLength(12);
  for (const { told, printed } of shown) expect(shapeOf(printed)).toMatchObject(shapeOf(told) as object);
});

test('a person gets an app and backup codes, and changes them with a code of what there is', async () => {
  expect(await ask('GET', 'factors')).toMatchObject({ status: 401 });
  Object.assign(shop.session, { userId: 'user-1', email: 'ada@shop.example' });
  expect(await ask('POST', 'factors/activate', { code: '000000' })).toMatchObject({ status: 409 });
  const begun = await ask('POST', 'factors', { label: 'Phone' });
  expect(begun).toMatchObject({ status: 201, body: { qr: expect.stringMatching(/^<svg/) as string } });
  expect(begun.body.uri).toContain('ada%40shop.example');
  const app = scanned(begun.body.uri);
  expect(app.secret).toBe(begun.body.secret);
  const never = await oathCode(app, 0);
  expect(await ask('POST', 'factors/activate', { code: never })).toMatchObject({
    ...{ status: 422, body: { code: 'wrong-code', attemptsLeft: 9 } },
  });
  const activated = await ask('POST', 'factors/activate', { code: await oathCode(app) });
  const [first] = activated.body.backupCodes;
  expect(activated.body.backupCodes).toHaveLength(10);

  const refused = { status: 403, body: { code: 'factor-proof-needed' } };
  expect(await ask('POST', 'factors', { label: 'Tablet' })).toMatchObject(refused);
  const [totp, codes] = [await idOf('totp'), await idOf('backup-code')];
  const token = await approve(totp, await oathCode(app, Date.now() + 30_000));
  expect(await ask('POST', 'factors', { label: 'Tablet' }, token)).toMatchObject({ status: 201 });
  expect(await ask('POST', 'backup-codes', {}, token)).toMatchObject({ status: 410, body: { code: 'token-used' } });
  const renewed = await ask('POST', 'backup-codes', {}, await approve(codes, first?.toLowerCase()));
  expect(renewed).toMatchObject({ status: 201 });
  expect(renewed.body.backupCodes).not.toContain(activated.body.backupCodes[1]);

  shop.session.userId = 'user-2';
  expect(await ask('PATCH', `factors/${totp}`, { label: 'Mine' })).toMatchObject({ status: 404 });
  expect(await ask('DELETE', `factors/${totp}`)).toMatchObject({ status: 404 });
  shop.session.userId = 'user-1';
  expect(await ask('PATCH', `factors/${totp}`, { label: 'Work' })).toMatchObject({
    status: 200,
    body: { label: 'Work' },
  });
  expect(await ask('DELETE', `factors/${totp}`)).toMatchObject(refused);
  const last = await approve(codes, renewed.body.backupCodes[0]);
  expect((await ask('DELETE', `factors/${totp}`, undefined, last)).status).toBe(204);
  expect((await ask('GET', 'factors')).body).toEqual([]);
});

test('R70 a team takes its people along, and learns who must enrol anew', async () => {
  type ImportAll = (people: object[], adminKey: string) => Promise<{ subject: string; detail: string }[]>;
  const { importAll } = await runCode<{ importAll: ImportAll }>(
    PAGE,
    'Moving here with authenticators that people have',
  );
  const secret = await inBase32(randomBytes(20));
  const weak = 'otpauth://totp/Shop:bob?secret=JBSWY3DPEHPK3PXP&issuer=Shop';
  const people = [
    { subject: 'ada', uri: `otpauth://totp/Shop:ada?secret=${secret}&issuer=Shop` },
    ...Array.from({ length: 40 }, (_, n) => ({
      subject: `weak-${String(n)}`,
      uri: `${weak}&image=${'x'.repeat(500)}`,
    })),
    ...Array.from({ length: 55 }, (_, n) => ({ subject: `short-${String(n)}`, secret: 'JBSWY3DPEHPK3PXP' })),
  ];
  const refused = await importAll(people, bench.tenant.key);
  expect(refused.map(({ subject }) => subject)).toEqual(people.slice(1).map(({ subject }) => subject));
  expect(refused[0]?.detail).toContain('80 bits');
  expect(await importAll(people, bench.tenant.key)).toEqual(refused);
});

test('its tables of errors have every code of the calls that change factors', async () => {
  const codesIn = async (page: string, heading: string) =>
    [...(await sectionOf(page, heading)).matchAll(/^\| `([a-z-]+)` /gm)].map(([, code]) => code);
  const ofTheLogin = await codesIn('login-flow.md', 'What to do on each error');
  const more = await codesIn(PAGE, 'What its calls answer');
  const calls = Object.entries(CALLS).filter(([name]) => !LOGIN_CALLS.some((login) => login === name));
  const codes = new Set<string>([...calls.flatMap(([, each]) => each.codes), ...ANYWHERE]);
  expect([...codes].filter((code) => !ofTheLogin.includes(code)).toSorted()).toEqual(more.toSorted());
});
