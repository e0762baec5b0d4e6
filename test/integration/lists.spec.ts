import { afterAll, beforeAll, expect, it } from 'vitest';
import { ListUpkeep, type ListEntry } from '../../src/screening/application/ports.js';
import { ScreenSend } from '../../src/screening/application/screen-send.js';
import { ScreeningModule } from '../../src/screening/screening.module.js';
import { parsePhone } from '../../src/shared/phone-number.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';
import { openEmbeddedDatabase, type TestDatabase } from '../support/postgres.js';

let store: TestDatabase;
let service: ApplicationsService;
let operator: string;
let shop: TestTenant;
let bank: TestTenant;

beforeAll(async () => {
  store = await openEmbeddedDatabase();
  service = await startApplications(store.database, { modules: [ScreeningModule] });
  operator = await service.operatorKey();
  shop = await service.tenant('shop');
  bank = await service.tenant('bank');
});
afterAll(async () => {
  await service.close();
  await store.close();
});

interface Entries {
  entries: ListEntry[];
  nextCursor?: string;
}
const call = <Body = Entries>(key: string, method: string, path: string, body?: unknown, headers = {}) =>
  service.call<Body>(method, `/v1/admin${path}`, { key, headers, ...(body !== undefined && { body }) });
const add = (key: string, list: string, kind: string, values: string[], terms = {}) =>
  call(key, 'POST', `/lists/${list}`, { kind, values, ...terms });
const covering = async (key: string, list: string, listed: object) =>
  (await call(key, 'POST', `/lists/${list}/search`, listed)).body.entries.map(({ value }) => value);

/** What a send to this number is answered by this process. */
function reason(applicationId: string, number: string): string {
  const address = parsePhone(number);
  if (!address) throw new Error(`${number} is no number`);
  const countries = { sms: 'all', voice: 'all' } as const;
  const screening = service.app.get(ScreenSend).screen({ applicationId, channel: 'sms', address, countries });
  return screening.kind === 'refused' ? screening.reason : screening.safe ? 'safe' : 'allowed';
}

it('R38 R79 one number is one entry in every spelling, holds at once, and is masked wherever it is shown', async () => {
  const number = '+4915100000001';
  const added = await add(shop.key, 'block', 'number', [number, '0049 151 00000001'], { note: 'first' });
  expect(added).toMatchObject({
    status: 201,
    body: { entries: [{ kind: 'number', value: '+49151•••••01', version: 1 }] },
  });
  expect(added.body.entries).toHaveLength(1);
  expect(reason(shop.id, number)).toBe('blocked');
  const again = await add(shop.key, 'block', 'number', ['tel:+49-151-00000001'], { note: 'second' });
  expect(again.body.entries).toMatchObject([{ id: added.body.entries[0]?.id, version: 2, note: 'second' }]);
  expect(await covering(shop.key, 'block', { phone: number })).toEqual(['+49151•••••01']);
  const rows = await store.database.query('SELECT * FROM list_entries');
  const trail = await store.database.query('SELECT * FROM audit_log');
  expect(JSON.stringify([rows, trail])).not.toContain(number.slice(1));
  expect(trail.at(-1)).toMatchObject({
    action: 'list.entries-added',
    actor: shop.keyId,
    details: { applicationId: shop.id, list: 'block', after: [{ value: '+49151•••••01', note: 'second' }] },
  });
});

it('I10 an application’s lists are neither seen by another nor hold for it', async () => {
  const { body } = await add(shop.key, 'block', 'prefix', ['+49160']);
  const path = `/lists/block/${body.entries[0]?.id ?? ''}`;
  expect(reason(shop.id, '+4916012345678')).toBe('blocked');
  expect(reason(bank.id, '+4916012345678')).toBe('allowed');
  expect(await covering(bank.key, 'block', { phone: '+4916012345678' })).toEqual([]);
  expect((await call(bank.key, 'GET', path)).status).toBe(404);
  expect((await call(bank.key, 'DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(404);
  expect((await call(shop.key, 'GET', `/applications/${shop.id}/lists/block`)).status).toBe(403);
  expect((await call(operator, 'GET', `/applications/${shop.id}${path}`)).status).toBe(200);
  expect((await call(operator, 'GET', path)).status).toBe(404);
  expect((await call(operator, 'GET', '/applications/app_none/lists/block')).status).toBe(404);
});

it('the installation’s list holds for every application', async () => {
  await add(operator, 'block', 'prefix', ['+43664']);
  expect([shop, bank].map(({ id }) => reason(id, '+436641234567'))).toEqual(['blocked', 'blocked']);
});

it('an entry is taken off only by who saw it as it is', async () => {
  const { body } = await add(shop.key, 'safe', 'prefix', ['+498001']);
  const path = `/lists/safe/${body.entries[0]?.id ?? ''}`;
  expect(reason(shop.id, '+498001234567')).toBe('safe');
  const read = await call(shop.key, 'GET', path);
  expect(read.headers.get('etag')).toBe('"1"');
  await add(shop.key, 'safe', 'prefix', ['+498001'], { note: 'changed' });
  expect((await call(shop.key, 'DELETE', path)).status).toBe(428);
  expect((await call(shop.key, 'DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
  expect((await call(shop.key, 'DELETE', path, undefined, { 'if-match': '"2"' })).status).toBe(204);
  expect(reason(shop.id, '+498001234567')).toBe('number-type');
  expect((await call(shop.key, 'GET', path)).status).toBe(404);
  expect((await add(shop.key, 'safe', 'prefix', ['+498001'])).body.entries).toMatchObject([{ version: 4 }]);
  expect(reason(shop.id, '+498001234567')).toBe('safe');
});

it('of a call with one value that can not be read nothing is added, and each such value is named', async () => {
  const { status, body } = await add(shop.key, 'block', 'prefix', ['+49170', 'nonsense', '+4', '+49171']);
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'values.1' }, { path: 'values.2' }] },
  });
  expect(reason(shop.id, '+4917012345678')).toBe('allowed');
});

it.each([
  { kind: 'fax', values: ['+49'] },
  { kind: 'prefix', values: [] },
  { kind: 'prefix', values: Array<string>(1_001).fill('+49') },
  { kind: 'prefix', values: '+49' },
  { kind: 'prefix', values: ['+49'], expiresAt: '2020-01-01T00:00:00Z' },
  { kind: 'prefix', values: ['+49'], expiresAt: 'tomorrow' },
  { kind: 'prefix', values: ['+49'], application_id: null },
])('R54 refuses %j', async (body) => {
  expect((await call(shop.key, 'POST', '/lists/block', body)).status).toBe(400);
});

it('a thousand at once can be paged through, changed last first', async () => {
  const prefixes = Array.from({ length: 1_000 }, (_, n) => `+4977${String(n).padStart(3, '0')}`);
  expect((await add(bank.key, 'block', 'prefix', prefixes)).status).toBe(201);
  expect((await add(bank.key, 'block', 'prefix', ['+4978'])).status).toBe(201);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = `?limit=600${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const { body } = await call(bank.key, 'GET', `/lists/block${query}`);
    seen.push(...body.entries.map(({ value }) => value));
    cursor = body.nextCursor;
  } while (cursor !== undefined);
  expect(seen[0]).toBe('+4978');
  expect(new Set(seen)).toEqual(new Set([...prefixes, '+4978']));
  expect(seen).toHaveLength(1_001);
  expect((await call(bank.key, 'GET', '/lists/block?cursor=bm8')).status).toBe(400);
  expect((await call(bank.key, 'GET', '/lists/grey')).status).toBe(404);
});

it.each([{}, { ip: 'x' }, { phone: '0151' }, { email: 'x@y' }, { phone: '+4915112345678', ip: '192.0.2.1' }])(
  'R54 a search for %j is refused',
  async (body) => {
    expect((await call(shop.key, 'POST', '/lists/block/search', body)).status).toBe(400);
  },
);

it('tells which entries cover an address or a mailbox, the most exact first', async () => {
  await add(shop.key, 'block', 'ip', ['198.51.100.0/24', '198.51.0.0/16', '203.0.113.9']);
  expect(await covering(shop.key, 'block', { ip: '::ffff:198.51.100.7' })).toEqual([
    '198.51.100.0/24',
    '198.51.0.0/16',
  ]);
  await add(shop.key, 'block', 'email-domain', ['example.org', 'mail.example.org']);
  expect(await covering(shop.key, 'block', { email: 'Ada@mail.example.org' })).toEqual([
    'mail.example.org',
    'example.org',
  ]);
});

it('an entry counts until its time is over, and is forgotten a day later', async () => {
  const expiresAt = new Date(Date.now() + 1_500).toISOString();
  const { body } = await add(shop.key, 'block', 'prefix', ['+49175'], { expiresAt });
  expect(reason(shop.id, '+4917512345678')).toBe('blocked');
  await expect.poll(() => reason(shop.id, '+4917512345678'), { timeout: 3_000 }).toBe('allowed');
  const upkeep = service.app.get(ListUpkeep);
  const { id } = body.entries[0] ?? { id: '' };
  expect(await upkeep.forget(100)).toBe(0);
  await store.database.query(`UPDATE list_entries SET expires_at = now() - interval '25 hours' WHERE id = $1`, [id]);
  expect(await upkeep.forget(100)).toBe(1);
});
