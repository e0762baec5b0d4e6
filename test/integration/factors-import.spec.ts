import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresDoubtfulCodes } from '../../src/factors/adapters/postgres-doubtful-codes.js';
import { RestoredFactors } from '../../src/factors/application/restored-factors.js';
import { inBase32, oathCode } from '../support/oathtool.js';
import { call } from '../support/http-client.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WholeService } from '../support/whole-service.js';

/** A team moves here, and its people keep the authenticators that they have. */
interface Outcome {
  kind: 'imported' | 'there-already' | 'refused';
  id?: string;
  detail?: string;
}
interface Answer {
  results: Outcome[];
}

let store: TestDatabase;
let service: WholeService;
let url: string;
let shop: { id: string; key: string };

beforeAll(async () => {
  store = await openTestDatabase();
  service = await WholeService.start(store.database, undefined, 'api');
  await service.app.listen(0, '127.0.0.1');
  url = await service.app.getUrl();
  shop = await service.tenant('shop');
});
afterAll(async () => {
  await service.close();
  await store.close();
});

const importing = (factors: object[], { key } = shop) =>
  call<Answer>('POST', `${url}/v1/factors/import`, { key, body: { factors } });
const newSecret = () => inBase32(randomBytes(20));
const kinds = ({ body }: { body: Answer }) => body.results.map(({ kind }) => kind);

test('R70 each is told in its place, and one that can not be taken over stops no other', async () => {
  const [one, other] = [await newSecret(), await newSecret()];
  // It is not kept, and may be what it is.
  const issuer = 'Shop '.repeat(500);
  const { status, body } = await importing([
    {
      subject: 'user-1',
      uri: `otpauth://totp/Shop:ada?secret=${one}&issuer=${issuer}&algorithm=SHA256&digits=8&period=60`,
    },
    { subject: 'user-2', secret: 'JBSWY3DPEHPK3PXP' },
    { subject: 'user-2', secret: other.toLowerCase(), label: 'Phone', issuer },
  ]);
  expect({ status, ...body }).toEqual({
    status: 200,
    results: [
      { kind: 'imported', id: expect.stringMatching(/^fac_/) as string },
      { kind: 'refused', detail: expect.stringContaining('80 bits') as string },
      { kind: 'imported', id: expect.stringMatching(/^fac_/) as string },
    ],
  });
  const ids = body.results.flatMap(({ id }) => id ?? []);
  const rows = await store.database.query(
    `SELECT id, subject, status, label, algorithm, digits, period, proven, secret FROM factors
     WHERE application_id = $1 ORDER BY subject`,
    [shop.id],
  );
  const kept = { status: 'active', proven: true, secret: expect.stringMatching(/^test\./) as string };
  expect(rows).toEqual([
    {
      ...kept,
      id: ids[0],
      subject: 'user-1',
      label: 'ada',
      algorithm: 'SHA256',
      digits: 8,
      period: 60,
    },
    { ...kept, id: ids[1], subject: 'user-2', label: 'Phone', algorithm: 'SHA1', digits: 6, period: 30 },
  ]);
});

test('it may be repeated, also at once: each is there once, told once and noted in the audit log once', async () => {
  const factors = [{ subject: 'user-3', secret: await newSecret() }];
  factors.push({ subject: 'user-4', secret: await newSecret() }, ...factors);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => importing(n % 2 ? factors : factors.toReversed())),
  );
  const outcomes = answers.flatMap(({ body }) => body.results);
  expect(outcomes.filter(({ kind }) => kind === 'imported')).toHaveLength(2);
  expect(new Set(outcomes.map(({ id }) => id)).size).toBe(2);

  const told = await store.database.query(
    `SELECT payload FROM events WHERE application_id = $1 AND type = 'factor.imported' AND payload->>'subject' = 'user-3'`,
    [shop.id],
  );
  const event = { channel: 'totp', subject: 'user-3', label: null, sequence: 1, by: 'administrator' };
  expect(told).toMatchObject([{ payload: event }]);
  const noted = await store.database.query<{ factors: string[] }>(
    `SELECT details->'factors' AS factors FROM audit_log WHERE action = 'factors.imported' AND target = $1`,
    [shop.id],
  );
  const ids = noted.flatMap((entry) => entry.factors);
  expect(outcomes.every(({ id }) => ids.filter((noted) => noted === id).length === 1)).toBe(true);
});

test('R66 one that was removed is imported again: no code of it that was used is good, and the next one is', async () => {
  const factors = [{ subject: 'user-7', secret: await newSecret() }];
  const app = factors[0] ?? { secret: '' };
  const check = (id: string, code: string) =>
    call<{ reason?: string }>('POST', `${url}/v1/factors/${id}/checks`, { key: shop.key, body: { code } });
  const idOf = async () => (await importing(factors)).body.results[0]?.id ?? '';
  const [first, used, next] = [await idOf(), await oathCode(app), await oathCode(app, Date.now() + 30_000)];
  expect((await check(first, used)).status).toBe(200);
  await call('DELETE', `${url}/v1/factors/${first}`, { key: shop.key });
  const second = await idOf();
  expect((await check(second, used)).body.reason).toBe('already-used');
  await call('POST', `${url}/v1/factors/erase`, { key: shop.key, body: { subject: 'user-7' } });
  const third = await idOf();
  expect((await check(third, used)).body.reason).toBe('already-used');
  expect((await check(third, next)).status).toBe(200);
});

test('R70 R6 an authenticator that was damaged is in the way of its own subject alone, and one whose key is not here is an outage', async () => {
  const [one, other] = [
    { subject: 'user-8', secret: await newSecret() },
    { subject: 'user-9', secret: await newSecret() },
  ];
  const { body } = await importing([one]);
  const id = body.results[0]?.id ?? '';
  const kept = `UPDATE factors SET secret = $2 || substr(secret, strpos(secret, '.')) || $3 WHERE id = $1`;
  await store.database.query(kept, [id, 'lost', '']);
  expect((await importing([one, other])).status).toBe(503);
  await store.database.query(kept, [id, 'test', 'AAAA']);
  const again = await importing([one, other]);
  expect([again.status, kinds(again)]).toEqual([200, ['refused', 'imported']]);
  expect(again.body.results[0]?.detail).toContain(`${id} can not be read`);
});

test('a person has at most five, and a secret is no second one under other parameters', async () => {
  const subject = 'user-5';
  const secrets = await Promise.all(Array.from({ length: 6 }, newSecret));
  const five = await importing(secrets.map((secret) => ({ subject, secret })));
  expect(kinds(five)).toEqual([...Array.from({ length: 5 }, () => 'imported'), 'refused']);
  const again = await importing([
    { subject, secret: secrets[5] },
    { subject, secret: secrets[0] },
    { subject, secret: secrets[0], digits: 8 },
  ]);
  expect(kinds(again)).toEqual(['refused', 'there-already', 'refused']);
  expect(again.body.results[2]?.detail).toContain(five.body.results[0]?.id);
});

test('R78 it takes the scope admin, and another application has its own', async () => {
  const factors = [{ subject: 'user-6', secret: await newSecret() }];
  const lesser = await service.tenant('lesser', ['verify', 'read']);
  expect((await importing(factors, lesser)).status).toBe(403);
  const bank = await service.tenant('bank');
  const [here, there] = [await importing(factors), await importing(factors, bank)];
  expect([kinds(here), kinds(there)]).toEqual([['imported'], ['imported']]);
  expect(here.body.results[0]?.id).not.toBe(there.body.results[0]?.id);
});

test.each([{ factors: [] }, { factors: Array.from({ length: 51 }, () => ({ subject: 'u', secret: 'A' })) }, {}])(
  'as many as one call takes: not %#',
  async (body) => {
    expect((await call('POST', `${url}/v1/factors/import`, { key: shop.key, body })).status).toBe(400);
  },
);

test('I16 R66 one that a restored ledger does not know is imported again: no code that can have been used is good', async () => {
  // No authenticator of theirs was removed.
  const team = await service.tenant('restored');
  const factors = [{ subject: 'user-10', secret: await newSecret() }];
  const id = (await importing(factors, team)).body.results[0]?.id ?? '';
  const body = { code: await oathCode(factors[0] ?? { secret: '' }) };
  const check = (factor: string) =>
    call<{ reason?: string }>('POST', `${url}/v1/factors/${factor}/checks`, { key: team.key, body });
  expect((await check(id)).status).toBe(200);
  // As in a backup from before the import.
  await store.database.query('DELETE FROM factors WHERE id = $1', [id]);
  const restored = new RestoredFactors(new PostgresDoubtfulCodes(store.database));
  await restored.passSteps(new Date());
  await restored.passSteps(new Date(0));
  expect((await check((await importing(factors, team)).body.results[0]?.id ?? '')).body.reason).toBe('already-used');
});
