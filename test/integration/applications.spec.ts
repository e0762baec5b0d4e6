import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/audit/verify-chain.js';
import { apiDocument } from '../../src/platform/http/api-document.js';
import { ApplicationsService, startApplications } from './applications-app.js';
import { openEmbeddedDatabase, openTestDatabase, type TestDatabase } from '../support/postgres.js';

let store: TestDatabase;
let service: ApplicationsService;
let operator: string;

beforeAll(async () => {
  store = await openTestDatabase();
  service = await startApplications(store.database);
  operator = await service.operatorKey();
});
afterAll(async () => {
  await service.close();
  await store.close();
});

interface ApplicationBody {
  id: string;
  name: string;
  settings: object;
  version: number;
}
const ifMatch = (version: number) => ({ 'if-match': `"${String(version)}"` });
const call = <Body>(method: string, path: string, body?: unknown, version?: number) =>
  service.call<Body>(method, `/v1/admin${path}`, {
    ...{ key: operator, ...(body !== undefined && { body }) },
    ...(version !== undefined && { headers: ifMatch(version) }),
  });

describe('POST /v1/admin/applications', () => {
  it('makes an application that can be read, listed and used', async () => {
    const { status, body } = await call<ApplicationBody>('POST', '/applications', { name: 'Müller & Söhne' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Müller & Söhne', settings: {}, version: 1 });
    expect(body.id).toMatch(/^app_[\w-]{22}$/);
    expect((await call('GET', `/applications/${body.id}`)).body).toEqual(body);
    const list = await call<{ applications: ApplicationBody[] }>('GET', '/applications');
    expect(list.body.applications).toContainEqual(body);
  });

  it('refuses a name that is taken, also when two ask at once', async () => {
    const name = 'Twice';
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('POST', '/applications', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'name-taken' });
  });

  it.each([
    {},
    { name: '' },
    { name: ' x' },
    { name: 'a\nb' },
    { name: 'a\u0000b' },
    { name: 'a'.repeat(65) },
    { name: 7 },
    { name: ['x'] },
    { name: null },
    { name: 'x', id: 'app_mine' },
    { name: 'x', settings: {} },
    { name: 'x', version: 9 },
    [],
    'x',
    '{"name":"x","__proto__":{"admin":true}}',
  ])('R54 R57 R64 refuses %j', async (body) => {
    const answer = await call('POST', '/applications', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid-request' });
  });
});

describe('settings', () => {
  const change = (id: string, version: number, settings: unknown) =>
    call<ApplicationBody>('PUT', `/applications/${id}/settings`, settings, version);

  it('R79 are refused outside the rails, and those in force stay', async () => {
    const { id } = await service.tenant('rails');
    await change(id, 1, { policy: { codeLength: 8 } });
    for (const policy of [{ codeLength: 5 }, { ttlSeconds: 601 }, { maxAttempts: 11 }, { maxSends: 6 }]) {
      const { status, body } = await change(id, 2, { policy });
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'invalid-request' });
      expect(JSON.stringify(body)).toContain('"path":"policy.');
    }
    expect((await service.settings.effective(id)).policy.codeLength).toBe(8);
  });

  it('are refused when their plan names a channel that has no provider', async () => {
    const { id } = await service.tenant('plan');
    const { status, body } = await change(id, 1, { plan: ['sms', 'voice'] });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'no-channel', detail: 'No provider is configured for voice.' });
    expect((await change(id, 1, { plan: ['email', 'sms'] })).status).toBe(200);
  });

  it('name the version they were made from: of two changes at once one is refused', async () => {
    const { id } = await service.tenant('versions');
    const answers = await Promise.all(['de', 'fr', 'en'].map((locale) => change(id, 1, { locale })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const refused = answers.find(({ status }) => status === 412);
    expect(refused?.body).toMatchObject({ code: 'version-mismatch', version: 2 });
  });

  it('hold at once where they were saved, in the order application, file, built in', async () => {
    const { id } = await service.tenant('order');
    expect((await service.settings.effective(id)).policy).toMatchObject({ maxAttempts: 4, codeLength: 6 });
    await change(id, 1, { policy: { maxAttempts: 2 }, senderName: 'Order' });
    const { policy, senderName, plan } = await service.settings.effective(id);
    expect({ policy, senderName, plan }).toEqual({
      policy: {
        ...{ codeLength: 6, ttlSeconds: 300, maxAttempts: 2, maxSends: 5, reportTimeoutSeconds: 60 },
        tryOtherProviderOnFailure: false,
      },
      senderName: 'Order',
      plan: ['sms', 'email'],
    });
  });

  it('R68 R80 of factors hold at once, an administrator’s wider window weakens, and the version before reads past them', async () => {
    const { id } = await service.tenant('factors');
    expect((await service.settings.effective(id)).factors).toEqual({ window: 1, issuer: 'factors' });
    await change(id, 1, { factors: { window: 2, issuer: 'Shop' }, locale: 'de' });
    expect((await service.settings.effective(id)).factors).toEqual({ window: 2, issuer: 'Shop' });
    const [row] = await store.database.query('SELECT settings FROM applications WHERE id = $1', [id]);
    expect(row).toEqual({ settings: { locale: 'de' } });
    const said = `SELECT details FROM audit_log WHERE target = $1 AND action = 'application.settings-changed'`;
    expect(await store.database.query(said, [id])).toMatchObject([{ details: { weakens: true } }]);
    await change(id, 2, {});
    expect((await service.settings.find(id)).settings).toEqual({});
  });

  it('R79 that were put into the ledger past the rails are not obeyed', async () => {
    const { id } = await service.tenant('damaged');
    await store.database.query(`UPDATE applications SET settings = '{"policy":{"maxAttempts":1000}}' WHERE id = $1`, [
      id,
    ]);
    await expect(service.settings.effective(id)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('are read and changed by an administrator of the application', async () => {
    const { key } = await service.tenant('self-service', ['admin']);
    const body = { senderName: 'Self' };
    const saved = await service.call('PUT', '/v1/admin/settings', { key, body, headers: ifMatch(1) });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      version: 2,
      settings: { senderName: 'Self' },
      effective: { senderName: 'Self' },
    });
    expect((await service.call('GET', '/v1/admin/settings', { key })).body).toEqual(saved.body);
  });
});

describe('R54 R80 settings that an operator saved', () => {
  it('stay as they are under the application’s own key, and it is told whose they are', async () => {
    const { id, key } = await service.tenant('guarded', ['admin']);
    const spend = { mode: 'shadow', perDay: '50' };
    const saved = await call('PUT', `/applications/${id}/settings`, { spend }, 1);
    expect(saved).toMatchObject({ status: 200, body: { setBy: { spend: 'operator' } } });
    const own = (body: object) => service.call('PUT', '/v1/admin/settings', { key, body, headers: ifMatch(2) });
    for (const undone of [{}, { spend: { mode: 'off', perDay: '50' } }])
      expect(await own(undone)).toMatchObject({ status: 422, body: { code: 'operators-setting' } });
    const kept = await own({ spend, countries: { sms: ['DE'] } });
    expect(kept).toMatchObject({ status: 200, body: { setBy: { spend: 'operator', countries: 'application' } } });
    const [row] = await store.database.query('SELECT settings FROM applications WHERE id = $1', [id]);
    expect(row).toEqual({ settings: {} });
  });

  it('a cap needs a price, a bare ETag is told to be quoted, and countries say what they are', async () => {
    const { id, key } = await service.tenant('unpriced', ['admin']);
    const own = (body: object, tag = '"1"') =>
      service.call('PUT', '/v1/admin/settings', { key, body, headers: { 'if-match': tag } });
    expect(await own({ spend: { mode: 'enforce', perDay: '50' } })).toMatchObject({ body: { code: 'no-price' } });
    expect(await own({}, '1')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('"1"') as string },
    });
    const countries = await own({ countries: { sms: ['de'] } });
    expect(countries).toMatchObject({ body: { detail: expect.stringContaining('country codes') as string } });
    expect((await service.settings.find(id)).version).toBe(1);
  });
});

describe('keys', () => {
  it('are made with scopes and an end, listed without their secret, and revoked', async () => {
    const { id, keyId } = await service.tenant('keys');
    const path = `/applications/${id}/keys`;
    const made = await call<{ id: string; secret: string; expiresAt: string }>('POST', path, {
      scopes: ['read'],
      expiresInDays: 1,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ applicationId: id, scopes: ['read'], revokedAt: null });
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(Date.parse(made.body.expiresAt) - Date.now()).toBeGreaterThan(86_000_000);
    expect((await call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    const { body } = await call<{ keys: { id: string; revokedAt: string | null }[] }>('GET', path);
    expect(body.keys.map((key) => [key.id, key.revokedAt === null])).toEqual([
      [keyId, true],
      [made.body.id, false],
    ]);
  });

  it.each([
    {},
    { scopes: [] },
    { scopes: ['operator'] },
    { scopes: ['verify', 'verify'] },
    { scopes: 'verify' },
    { scopes: ['verify'], expiresInDays: 0 },
    { scopes: ['verify'], expiresInDays: '1' },
    { scopes: ['verify'], applicationId: null },
    { scopes: ['verify'], secret: 'ek_mine' },
  ])('R64 are not made from %j', async (order) => {
    const { id } = await service.tenant(`order ${JSON.stringify(order)}`.slice(0, 60).trim());
    expect((await call('POST', `/applications/${id}/keys`, order)).status).toBe(400);
  });

  it('are not made, listed or revoked for an application that does not exist', async () => {
    const path = `/applications/app_${'x'.repeat(22)}/keys`;
    expect((await call('POST', path, { scopes: ['read'] })).status).toBe(404);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('DELETE', `${path}/key_x`)).status).toBe(404);
  });

  it.each(['%00', 'a%20b', '..%2f..', 'x'.repeat(65), '%F0%9F%92%A9'])(
    'and are not found under the id %s',
    async (id) => {
      expect((await call('GET', `/applications/${id}/keys`)).status).toBe(404);
    },
  );
});

it('R80 every change stands in the audit log, with what was before and after, and the chain is whole', async () => {
  const { body } = await call<ApplicationBody>('POST', '/applications', { name: 'Audited' });
  await call('PUT', `/applications/${body.id}/settings`, { locale: 'de' }, 1);
  await call('PUT', `/applications/${body.id}/settings`, { locale: 'fr' }, 2);
  const key = await call<{ id: string }>('POST', `/applications/${body.id}/keys`, { scopes: ['read'] });
  await call('DELETE', `/applications/${body.id}/keys/${key.body.id}`);
  const log = await store.database.query<{ actor: string; action: string; details: object }>(
    'SELECT actor, action, details FROM audit_log WHERE target IN ($1, $2) ORDER BY seq',
    [body.id, key.body.id],
  );
  expect(log.map(({ action, details }) => ({ action, details }))).toEqual([
    { action: 'application.created', details: { name: 'Audited' } },
    { action: 'application.settings-changed', details: { before: {}, after: { locale: 'de' } } },
    { action: 'application.settings-changed', details: { before: { locale: 'de' }, after: { locale: 'fr' } } },
    { action: 'key.created', details: { applicationId: body.id, scopes: ['read'], expiresAt: null } },
    { action: 'key.revoked', details: { applicationId: body.id } },
  ]);
  expect(log.every(({ actor }) => actor.startsWith('key_'))).toBe(true);
  expect(await verifyChain(store.database)).toMatchObject({ kind: 'intact' });
});

it('a change that fails leaves neither itself nor an entry', async () => {
  const entries = async () => (await store.database.query('SELECT seq FROM audit_log')).length;
  const before = await entries();
  await call('POST', '/applications', { name: 'Audited' });
  await call('DELETE', '/operator-keys/key_none');
  expect(await entries()).toBe(before);
});

it('works the same on the embedded Postgres with its one connection', async () => {
  const embedded = await openEmbeddedDatabase();
  const own = await startApplications(embedded.database);
  const names = Array.from({ length: 5 }, (_, n) => `App ${String(n)}`);
  const tenants = await Promise.all(names.map((name) => own.tenant(name)));
  for (const { id, key } of tenants) {
    const { status } = await own.call('PUT', '/v1/admin/settings', {
      key,
      body: { locale: 'de' },
      headers: ifMatch(1),
    });
    expect(status).toBe(200);
    expect((await own.settings.effective(id)).locale).toBe('de');
  }
  expect(await verifyChain(embedded.database)).toMatchObject({ kind: 'intact', entries: 15 });
  await own.close();
  await embedded.close();
});

it('is documented: every route has its schemas, and an operation id of its own', () => {
  const { paths, components } = apiDocument(service.app);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { operationId: string }>).map(([method, { operationId }]) => [
      operationId,
      `${method} ${path}`,
    ]),
  );
  const ids = operations.map(([id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(paths['/v1/admin/settings']?.put).toMatchObject({
    operationId: 'changeSettings',
    security: [{ apiKey: [] }],
    requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/ApplicationSettings' } } } },
    responses: {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Settings' } } } },
      401: {},
      403: {},
      412: {},
      428: {},
    },
  });
  expect(components?.schemas).toHaveProperty('Settings');
});
