import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import type { Service } from '../support/service.js';

let deployment: Deployment;
let operator: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  operator = await deployment.world.createOperatorKey();
});
afterAll(() => deployment.close());

interface Edge {
  perAddress: string;
  perKey: string;
  perFailedLogin: string;
  version: number;
  code?: string;
}

const read = (service: Service) => service.call<Edge>('GET', '/v1/admin/edge', { key: operator });
const put = (body: unknown, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${String(version)}"` };
  return deployment.service().call<Edge>('PUT', '/v1/admin/edge', { key: operator, body, headers });
};
const statusesOf = async (service: Service, times: number) => {
  const answers = await Promise.all(Array.from({ length: times }, () => service.call('GET', '/.well-known/jwks.json')));
  return answers.map(({ status }) => status);
};

test('R79 a ceiling is turned on all nodes within 5 s, audited, while admin routes are still answered, and back', async () => {
  const before = await read(deployment.service());
  expect(before.body).toEqual({ perAddress: '10000/10s', perKey: '10000/10s', perFailedLogin: '60/1m', version: 1 });
  expect(before.headers.get('etag')).toBe('"1"');

  expect(await put({ perAddress: '10/1s' }, 1)).toMatchObject({
    status: 200,
    body: { perAddress: '10/1s', version: 2 },
  });
  for (const service of deployment.services)
    await vi.waitFor(async () => {
      expect(await statusesOf(service, 40)).toContain(429);
    }, 5_000);
  expect(await read(deployment.service(1))).toMatchObject({ status: 200, body: { version: 2 } });

  expect((await put({}, 2)).body).toEqual({ ...before.body, version: 3 });
  for (const service of deployment.services)
    await vi.waitFor(async () => {
      expect(new Set(await statusesOf(service, 40))).toEqual(new Set([200]));
    }, 5_000);
  const audited = await deployment.database.query(
    `SELECT details FROM audit_log WHERE action = 'edge.changed' ORDER BY seq`,
  );
  expect(audited).toEqual([
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
  ['an unknown key', { perPlanet: '10/1s' }],
])('R79 %s is refused, and what held holds on', async (_what, body) => {
  const { version } = (await read(deployment.service())).body;
  expect(await put(body, version)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect((await read(deployment.service())).body.version).toBe(version);
});

test('a change names the version it was made from, and only an operator makes one', async () => {
  expect(await put({})).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
  expect(await put({}, 99)).toMatchObject({ status: 412, body: { code: 'version-mismatch' } });
  const { key } = deployment.tenant;
  for (const method of ['GET', 'PUT'])
    expect(
      (await deployment.service().call(method, '/v1/admin/edge', { key, body: method === 'PUT' ? {} : undefined }))
        .status,
    ).toBe(403);
});
