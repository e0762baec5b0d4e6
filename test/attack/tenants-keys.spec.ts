import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '../../src/applications/principal.js';
import { openDeployment, type Deployment } from '../support/deployment.js';

/**
 * A key that leaked, and a key that was made for something else. What each call takes stands in the API document; the matrix
 * is made from it, so that a call added later is tried with every key.
 */
interface Operation {
  security?: object[];
  responses: Record<string, { description: string }>;
}

let deployment: Deployment;
let operatorKey: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  operatorKey = await deployment.createOperatorKey();
});
afterAll(() => deployment.close());

async function makeKey(scopes: Scope[]): Promise<{ id: string; secret: string }> {
  const path = `/v1/admin/applications/${deployment.tenant.applicationId}/keys`;
  const made = await deployment.service().call<{ id: string; secret: string }>('POST', path, {
    ...{ key: operatorKey, body: { scopes } },
  });
  expect(made.status).toBe(201);
  return made.body;
}

const statusAt = async (node: number, key: string) =>
  (await deployment.service(node).call('GET', '/v1/admin/settings', { key })).status;

it('R77 revoked on one process, a key is refused there at once and by the other within 5 s', async () => {
  const { id, secret } = await makeKey(['admin']);
  expect(await Promise.all([0, 1].map((node) => statusAt(node, secret)))).toEqual([200, 200]);
  const path = `/v1/admin/applications/${deployment.tenant.applicationId}/keys/${id}`;
  expect((await deployment.service().call('DELETE', path, { key: operatorKey })).status).toBe(204);
  const revokedAt = Date.now();
  expect(await statusAt(0, secret)).toBe(401);
  // Asked all the time, because what is used must not be remembered for longer.
  while ((await statusAt(1, secret)) !== 401) {
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
    await sleep(50);
  }
});

it('R77 rotated without an overlap on one process, the old key is refused by both within 5 s and the new one taken', async () => {
  const { id, secret } = await makeKey(['admin']);
  expect(await Promise.all([0, 1].map((node) => statusAt(node, secret)))).toEqual([200, 200]);
  const path = `/v1/admin/applications/${deployment.tenant.applicationId}/keys/${id}/rotate`;
  const rotated = await deployment.service().call<{ secret: string }>('POST', path, {
    ...{ key: operatorKey, body: { overlapHours: 0 } },
  });
  expect(rotated.status).toBe(201);
  await untilBothSay(401, secret);
  expect(await Promise.all([0, 1].map((node) => statusAt(node, rotated.body.secret)))).toEqual([200, 200]);
});

it('an application that is disabled on one process is refused by both within 5 s, and taken again by both', async () => {
  const { applicationId, key } = await deployment.createTenant('disabled');
  expect(await Promise.all([0, 1].map((node) => statusAt(node, key)))).toEqual([200, 200]);
  for (const [enabled, status] of [
    [false, 403],
    [true, 200],
  ] as const) {
    const path = `/v1/admin/applications/${applicationId}`;
    const { headers } = await deployment.service().call('GET', path, { key: operatorKey });
    const change = {
      key: operatorKey,
      body: { name: 'disabled', enabled },
      headers: { 'if-match': headers.get('etag') ?? '' },
    };
    expect((await deployment.service().call('PUT', path, change)).status).toBe(200);
    await untilBothSay(status, key);
  }
});

/** R79: on every process within 5 s. Asked all the time, because what is used must not be remembered for longer. */
async function untilBothSay(status: number, key: string): Promise<void> {
  const since = Date.now();
  for (;;) {
    const statuses = await Promise.all([0, 1].map((node) => statusAt(node, key)));
    if (statuses.every((said) => said === status)) return;
    expect(Date.now() - since).toBeLessThan(5_000);
    await sleep(50);
  }
}

it('R77 expired, a key is refused by every process, also by those that know it', async () => {
  const { id, secret } = await makeKey(['admin']);
  const inASecond = `UPDATE api_keys SET expires_at = now() + interval '1 second' WHERE id = $1`;
  await deployment.database.query(inASecond, [id]);
  expect(await Promise.all([0, 1].map((node) => statusAt(node, secret)))).toEqual([200, 200]);
  await sleep(1_100);
  expect(await Promise.all([0, 1].map((node) => statusAt(node, secret)))).toEqual([401, 401]);
});

it('R77 every call takes exactly the keys that its description names', async () => {
  const { paths } = (
    await deployment.service().call<{ paths: Record<string, Record<string, Operation>> }>('GET', '/openapi.json')
  ).body;
  const keys: [Scope, string][] = [['operator', operatorKey]];
  for (const scope of ['verify', 'read', 'admin'] as const) keys.push([scope, (await makeKey([scope])).secret]);

  const guarded = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { security, responses }]) => {
      const said = /It takes (.*)\./.exec(responses['403']?.description ?? '')?.[1] ?? '';
      const takes = [...said.matchAll(/`(\w+)`/g)].map(([, scope]) => scope);
      return security ? [{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'nobody'), takes }] : [];
    }),
  );
  expect(guarded.length).toBeGreaterThanOrEqual(65);
  expect(guarded.filter(({ takes }) => takes.length === 0)).toEqual([]);
  for (const { method, path, takes } of guarded)
    for (const [scope, key] of keys) {
      const body = method === 'POST' || method === 'PUT' ? { body: { nothing: true } } : {};
      const { status } = await deployment.service().call(method, path, { key, ...body });
      const passed = status !== 401 && status !== 403;
      expect({ method, path, scope, passed }).toEqual({ method, path, scope, passed: takes.includes(scope) });
    }
});
