import { afterAll, beforeAll, expect, test } from 'vitest';
import { EdgeModule } from '../../src/edge/edge.module.js';
import { EdgeThrottleModule } from '../../src/platform/http/edge-throttle.module.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { openTestDatabase } from '../support/postgres.js';
import { ProbeController, startApplications, type ApplicationsService } from './applications-app.js';

let database: Database;
let closeDatabase: () => Promise<void>;
let service: ApplicationsService;
let operator: string;

beforeAll(async () => {
  ({ database, close: closeDatabase } = await openTestDatabase());
  service = await startApplications(database, {
    controllers: [ProbeController],
    modules: [EdgeThrottleModule, EdgeModule],
  });
  operator = await service.operatorKey();
});
afterAll(async () => {
  await service.close();
  await closeDatabase();
});

interface Edge {
  perAddress: string;
  perKey: string;
  perFailedLogin: string;
  version: number;
  code?: string;
}

const DEFAULTS = { perAddress: '10000/10s', perKey: '10000/10s', perFailedLogin: '60/1m' };

const read = () => service.call<Edge>('GET', '/v1/admin/edge', { key: operator });
const put = (body: unknown, version?: number, key = operator) => {
  const headers = version === undefined ? {} : { 'if-match': `"${String(version)}"` };
  return service.call<Edge>('PUT', '/v1/admin/edge', { key, body, headers });
};
/** A ceiling of ten a second: the second may turn once while they are asked. */
async function statuses(): Promise<Set<number>> {
  const answers = await Promise.all(Array.from({ length: 40 }, () => service.call('GET', '/probe/public')));
  return new Set(answers.map(({ status }) => status));
}

test('R79 a ceiling is turned at once, audited, while admin routes are still answered, and turned back', async () => {
  const before = await read();
  expect(before.body).toEqual({ ...DEFAULTS, version: 1 });
  expect(before.headers.get('etag')).toBe('"1"');

  const turned = await put({ perAddress: '10/1s' }, 1);
  expect(turned).toMatchObject({ status: 200, body: { ...DEFAULTS, perAddress: '10/1s', version: 2 } });
  expect(turned.headers.get('etag')).toBe('"2"');
  expect(await statuses()).toContain(429);
  expect(await read()).toMatchObject({ status: 200, body: { version: 2 } });

  expect((await put({}, 2)).body).toEqual({ ...DEFAULTS, version: 3 });
  expect(await statuses()).not.toContain(429);
  const sql = `SELECT details FROM audit_log WHERE action = 'edge.changed' ORDER BY seq`;
  expect(await database.query(sql)).toEqual([
    { details: { before: {}, after: { perAddress: '10/1s' } } },
    { details: { before: { perAddress: '10/1s' }, after: {} } },
  ]);
});

test.each([
  ['no rate', { perAddress: 'many' }],
  ['a number', { perKey: 100 }],
  ['nothing', { perAddress: '0/10s' }],
  ['less than an operator needs', { perAddress: '99/10s' }],
  ['no window', { perKey: '100/0s' }],
  ['a window of hours', { perKey: '1000000/2h' }],
  ['guesses without end', { perFailedLogin: '1000001/1m' }],
  ['no guess at all', { perFailedLogin: '0/1m' }],
  ['an unknown key', { perPlanet: '10/1s' }],
])('R79 %s is refused, and what held holds on', async (_what, body) => {
  const { version } = (await read()).body;
  expect(await put(body, version)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect((await read()).body.version).toBe(version);
});

test('a change names the version it was made from, and only an operator makes one', async () => {
  expect(await put({})).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
  expect(await put({}, 99)).toMatchObject({ status: 412, body: { code: 'version-mismatch' } });
  const { key } = await service.tenant('shop');
  expect((await service.call('GET', '/v1/admin/edge', { key })).status).toBe(403);
  expect((await put({}, 1, key)).status).toBe(403);
});
