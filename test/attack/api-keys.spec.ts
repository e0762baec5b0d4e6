import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock } from '../../src/shared/clock.js';
import {
  ApplicationsService,
  OpenController,
  ProbeController,
  startApplications,
} from '../integration/applications-app.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

/**
 * Somebody without a key, with a wrong one, with one that is over, or with one for something else. The hole this closes: a
 * route that nobody thought of when the keys were made, and a revoked key that other nodes go on taking.
 */
class HandClock extends Clock {
  readonly offsetMs = 0;
  at = Date.now();
  now(): number {
    return this.at;
  }
}

describe('API keys', () => {
  let store: TestDatabase;
  let service: ApplicationsService;
  let otherNode: ApplicationsService;
  const clock = new HandClock();

  beforeAll(async () => {
    store = await openTestDatabase();
    service = await startApplications(store.database, { controllers: [ProbeController, OpenController], clock });
    otherNode = await startApplications(store.database, { controllers: [ProbeController], clock });
  });
  afterAll(async () => {
    await otherNode.close();
    await service.close();
    await store.close();
  });

  const statusOf = async (path: string, key: string, node = service) => (await node.call('GET', path, { key })).status;

  it('refuse every way of not having one with the same words', async () => {
    const { key } = await service.tenant('no hint');
    const almost = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    const headers = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      key,
      `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      `Bearer  ${key}`,
      `Bearer ${key} x`,
      `Bearer ${key},${key}`,
      `Bearer "${key}"`,
      `Bearer ${almost}`,
      `Bearer ${key.slice(0, -1)}`,
      `Bearer ${key}A`,
      `Bearer ${key.toLowerCase()}`,
      `Bearer ek_' OR 1=1 --`,
      `Token ${key}`,
    ];
    const answers = await Promise.all(
      headers.map((authorization) =>
        service.call('GET', '/probe/verify', { ...(authorization !== undefined && { headers: { authorization } }) }),
      ),
    );
    for (const { status, headers: replied } of answers) {
      expect(status).toBe(401);
      expect(replied.get('www-authenticate')).toBe('Bearer realm="einmal"');
      expect(replied.get('content-type')).toContain('application/problem+json');
    }
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(JSON.stringify(answers)).not.toContain(key);
  });

  it('are not read from anywhere but the header', async () => {
    const { key } = await service.tenant('query');
    expect((await service.call('GET', `/probe/verify?access_token=${key}`)).status).toBe(401);
    expect((await service.call('GET', '/probe/verify', { headers: { 'x-api-key': key } })).status).toBe(401);
    expect((await service.call('GET', '/probe/verify', { headers: { cookie: `key=${key}` } })).status).toBe(401);
  });

  it('are taken whatever the case of the scheme', async () => {
    const { id, key, keyId } = await service.tenant('scheme');
    const { status, body } = await service.call('GET', '/probe/verify', {
      headers: { authorization: `bearer ${key}` },
    });
    expect(status).toBe(200);
    expect(body).toEqual({ keyId, applicationId: id, scopes: ['verify', 'read', 'admin'] });
  });

  it('of one scope open nothing that needs another', async () => {
    const { key: reads } = await service.tenant('reads', ['read']);
    const { key: verifies } = await service.tenant('verifies', ['verify']);
    expect(await statusOf('/probe/verify', verifies)).toBe(200);
    expect(await statusOf('/probe/verify', reads)).toBe(403);
    expect(await statusOf('/probe/read-or-operator', reads)).toBe(200);
    expect(await statusOf('/probe/read-or-operator', verifies)).toBe(403);
    expect(await statusOf('/v1/admin/settings', reads)).toBe(403);
    const { body } = await service.call('GET', '/probe/verify', { key: reads });
    expect(body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it("of operators and of applications do not open each other's doors", async () => {
    const operator = await service.operatorKey();
    const { key } = await service.tenant('doors');
    expect(await statusOf('/probe/operator', operator)).toBe(200);
    expect(await statusOf('/probe/operator', key)).toBe(403);
    expect(await statusOf('/probe/verify', operator)).toBe(403);
    expect(await statusOf('/probe/read-or-operator', operator)).toBe(200);
    expect(await statusOf('/probe/tenant-of-either', operator)).toBe(403);
    expect(await statusOf('/probe/tenant-of-either', key)).toBe(200);
  });

  it('are asked for where a route forgot to say so, and none is enough', async () => {
    const { key } = await service.tenant('forgotten');
    expect((await service.call('GET', '/probe/silent')).status).toBe(401);
    expect(await statusOf('/probe/silent', key)).toBe(403);
    expect(await statusOf('/probe/silent', await service.operatorKey())).toBe(403);
  });

  it('are not asked for where a route is public, unless one of its handlers says otherwise', async () => {
    expect((await service.call('GET', '/probe/public')).body).toBe('reached');
    expect((await service.call('GET', '/open/closed')).status).toBe(401);
    const { key } = await service.tenant('open', ['admin']);
    expect(await statusOf('/open/closed', key)).toBe(200);
  });

  it('R77 revoked are refused at once where it was done, and within 5 s on every node', async () => {
    const operator = await service.operatorKey();
    const { id, keyId, key } = await service.tenant('revoked');
    expect(await statusOf('/probe/verify', key)).toBe(200);
    expect(await statusOf('/probe/verify', key, otherNode)).toBe(200);
    const path = `/v1/admin/applications/${id}/keys/${keyId}`;
    expect((await service.call('DELETE', path, { key: operator })).status).toBe(204);
    expect(await statusOf('/probe/verify', key)).toBe(401);
    clock.at += 5_000;
    expect(await statusOf('/probe/verify', key, otherNode)).toBe(401);
  });

  it('R77 of an operator can be revoked by another one', async () => {
    const [leaked, operator] = [await service.operatorKey(), await service.operatorKey()];
    const { body } = await service.call<{ keys: { id: string }[] }>('GET', '/v1/admin/operator-keys', { key: leaked });
    const ownId = (await service.call<{ keyId: string }>('GET', '/probe/operator', { key: leaked })).body.keyId;
    expect(body.keys.map(({ id }) => id)).toContain(ownId);
    await service.call('DELETE', `/v1/admin/operator-keys/${ownId}`, { key: operator });
    expect(await statusOf('/probe/operator', leaked)).toBe(401);
  });

  it('R77 expire to the second, remembered or not', async () => {
    const { id, keyId, key } = await service.tenant('expiring');
    await store.database.query(`UPDATE api_keys SET expires_at = now() + interval '700 milliseconds' WHERE id = $1`, [
      keyId,
    ]);
    expect(await statusOf('/probe/verify', key)).toBe(200);
    await store.database.query('SELECT pg_sleep(0.8)');
    clock.at += 800;
    expect(await statusOf('/probe/verify', key)).toBe(401);
    expect(id).toMatch(/^app_/);
  });

  it('R77 overlap, so that a new one is in use before the old one ends', async () => {
    const operator = await service.operatorKey();
    const { id, keyId, key } = await service.tenant('rotation');
    const body = { scopes: ['verify'], expiresInDays: 90 };
    const made = await service.call<{ secret: string }>('POST', `/v1/admin/applications/${id}/keys`, {
      key: operator,
      body,
    });
    expect(await statusOf('/probe/verify', key)).toBe(200);
    expect(await statusOf('/probe/verify', made.body.secret)).toBe(200);
    await service.keys.revoke(id, keyId, 'test');
    expect(await statusOf('/probe/verify', key)).toBe(401);
    expect(await statusOf('/probe/verify', made.body.secret)).toBe(200);
  });

  it('R77 rest as a hash, and are shown once', async () => {
    const operator = await service.operatorKey();
    const { id, key } = await service.tenant('at rest');
    const dump = await store.database.query(
      'SELECT to_jsonb(k) FROM api_keys k UNION ALL SELECT to_jsonb(a) FROM audit_log a',
    );
    expect(JSON.stringify(dump)).not.toContain(key.slice(3, 20));
    const list = await service.call('GET', `/v1/admin/applications/${id}/keys`, { key: operator });
    expect(JSON.stringify(list.body)).not.toMatch(/secret|hash|ek_/);
  });
});

it('API keys are refused with 503, not let through, when Postgres is away (fails closed)', async () => {
  const store = await openTestDatabase();
  const clock = new HandClock();
  const service = await startApplications(store.database, { controllers: [ProbeController], clock });
  const { key } = await service.tenant('outage');
  expect((await service.call('GET', '/probe/verify', { key })).status).toBe(200);
  const { pool } = store.database as unknown as { pool: { connect: () => Promise<never> } };
  pool.connect = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  clock.at += 3_000;
  const { status, body, headers } = await service.call('GET', '/probe/verify', { key });
  expect(status).toBe(503);
  expect(body).toMatchObject({ code: 'unavailable' });
  expect(headers.get('retry-after')).toBe('1');
  await service.close();
  await store.close();
});
