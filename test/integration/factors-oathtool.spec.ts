import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSecret } from '../support/base32-secret.js';
import { call } from '../support/http-client.js';
import { inBase32, oathCode, scanned, type Authenticator } from '../support/oathtool.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WholeService } from '../support/whole-service.js';

/** Debian's oathtool is the app in the person's hand: it makes every code here. */
const KINDS = ['SHA1', 'SHA256', 'SHA512'].flatMap((algorithm) =>
  [6, 7, 8].flatMap((digits) => [15, 30, 60].map((period) => ({ algorithm, digits, period }))),
);
/** A third of all kinds, in which every value meets every other once: what was made elsewhere, and another third made here. */
const third = (which: number) => KINDS.filter((_, n) => (Math.floor(n / 9) + Math.floor(n / 3) + n) % 3 === which);
const [ELSEWHERE, HERE] = [third(0), third(1)];

let store: TestDatabase;
let service: WholeService;
let url: string;
let key: string;
/** Ids of those that were made elsewhere, and what their owners have in hand. */
let imported: { id: string; app: Authenticator }[];

beforeAll(async () => {
  store = await openTestDatabase();
  service = await WholeService.start(store.database, undefined, 'api');
  await service.app.listen(0, '127.0.0.1');
  url = await service.app.getUrl();
  ({ key } = await service.tenant('shop'));
  const apps = ELSEWHERE.map((kind) => ({ ...kind, secret: newSecret() }));
  const factors = apps.map((app, n) => ({ subject: `user-${String(n)}`, ...app }));
  const { body } = await post<{ results: { id: string }[] }>('factors/import', { factors });
  imported = apps.map((app, n) => ({ app, id: body.results[n]?.id ?? '' }));
});
afterAll(async () => {
  await service.close();
  await store.close();
});

const post = <Body = Record<string, unknown>>(path: string, body: object) =>
  call<Body>('POST', `${url}/v1/${path}`, { key, body });
const checked = (id: string, code: string) => post(`factors/${id}/checks`, { code });
const approved = { status: 200, body: { status: 'approved', channel: 'totp' } };
const wrong = (reason?: string) => ({ status: 422, body: { code: 'wrong-code', ...(reason && { reason }) } });

test.each(ELSEWHERE.map((kind, n) => ({ ...kind, n })))(
  'R65 R70 $algorithm, $digits digits, $period s: its owner gets in',
  async ({ n }) => {
    const { id, app } = imported[n] ?? { id: '', app: { secret: '' } };
    expect(await checked(id, await oathCode(app))).toMatchObject(approved);
  },
);

test('R66 R68 a code is good once, neither long before its time nor after it, and under one algorithm', async () => {
  const app: Authenticator = { secret: await inBase32(randomBytes(32)), algorithm: 'SHA256', digits: 8 };
  const { body } = await post<{ results: { id: string }[] }>('factors/import', {
    factors: [{ subject: 'careful', uri: `otpauth://totp/Shop:ada?secret=${app.secret}&algorithm=SHA256&digits=8` }],
  });
  const id = body.results[0]?.id ?? '';
  const steps = (count: number) => Date.now() + count * 30_000;
  const never = [oathCode(app, steps(-2)), oathCode(app, steps(3)), oathCode({ ...app, algorithm: 'SHA1' })];
  for (const code of await Promise.all(never)) expect((await checked(id, code)).body).toMatchObject(wrong().body);
  const code = await oathCode(app);
  expect(await checked(id, code)).toMatchObject(approved);
  expect(await checked(id, code)).toMatchObject(wrong('already-used'));
});

interface Enrolment {
  id: string;
  uri: string;
  secret: string;
}

test.each(HERE)('R71 $algorithm, $digits digits, $period s: an app that read what we showed', async (kind) => {
  const { body } = await post<Enrolment>('factors', { subject: `new-${JSON.stringify(kind)}`, ...kind });
  const app = scanned(body.uri);
  expect(app).toEqual({ ...kind, secret: body.secret });
  const [now, next] = [await oathCode(app), await oathCode(app, Date.now() + kind.period * 1_000)];
  const activated = await post(`factors/${body.id}/activate`, { code: now, backupCodes: false });
  expect(activated).toMatchObject({ status: 200, body: { status: 'active' } });
  expect(await checked(body.id, now)).toMatchObject(wrong('already-used'));
  expect(await checked(body.id, next)).toMatchObject(approved);
});
