import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/audit/verify-chain.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

/** What administrators and operators do to applications and keys, and what the audit log then tells whom. */
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

interface Key {
  id: string;
  name: string | null;
  secret: string;
  scopes: string[];
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  rotatedTo: string | null;
  replaces: { id: string; expiresAt: string };
}
interface Problem {
  code: string;
  successor?: string;
}

const ask = <Body>(key: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  service.call<Body>(method, `/v1/admin${path}`, { key, headers, ...(body !== undefined && { body }) });
const statusOf = async (key: string) => (await ask(key, 'GET', '/settings')).status;
const keysOf = async ({ key }: TestTenant) => (await ask<{ keys: Key[] }>(key, 'GET', '/keys')).body.keys;
const hoursFromNow = (time: string) => (Date.parse(time) - Date.now()) / 3_600_000;

describe('R77 a rotation', () => {
  it('makes one successor with the same scopes, name and life; both keys are good until the overlap ends', async () => {
    const tenant = await service.tenant('rotating', ['admin', 'read']);
    const order = { scopes: ['admin'], name: 'checkout', expiresInDays: 90 };
    const old = (await ask<Key>(tenant.key, 'POST', '/keys', order)).body;
    const rotated = await ask<Key>(tenant.key, 'POST', `/keys/${old.id}/rotate`, { overlapHours: 2 });
    expect(rotated).toMatchObject({ status: 201, body: { name: 'checkout', scopes: ['admin'], rotatedTo: null } });
    expect(rotated.body.secret).not.toBe(old.secret);
    expect(hoursFromNow(rotated.body.expiresAt ?? '')).toBeCloseTo(90 * 24, 0);
    expect(rotated.body.replaces.id).toBe(old.id);
    expect(hoursFromNow(rotated.body.replaces.expiresAt)).toBeCloseTo(2, 1);
    expect([await statusOf(old.secret), await statusOf(rotated.body.secret)]).toEqual([200, 200]);
    const [, listed] = await keysOf(tenant);
    expect(listed).toMatchObject({
      id: old.id,
      rotatedTo: rotated.body.id,
      expiresAt: rotated.body.replaces.expiresAt,
    });
  });

  it('without an overlap ends the old key at once', async () => {
    const tenant = await service.tenant('at once');
    expect(await statusOf(tenant.key)).toBe(200);
    const { body } = await ask<Key>(tenant.key, 'POST', `/keys/${tenant.keyId}/rotate`, { overlapHours: 0 });
    expect([await statusOf(tenant.key), await statusOf(body.secret)]).toEqual([401, 200]);
  });

  it('needs no body, and no key makes one that outlives it', async () => {
    const tenant = await service.tenant('short-lived', ['admin']);
    const order = { scopes: ['admin'], expiresInDays: 1 };
    const short = (await ask<Key>(tenant.key, 'POST', '/keys', order)).body;
    const made = (await ask<Key>(short.secret, 'POST', '/keys', { scopes: ['admin'] })).body;
    expect(made.expiresAt).toBe(short.expiresAt);
    const rotated = await ask<Key>(short.secret, 'POST', `/keys/${tenant.keyId}/rotate`);
    expect(rotated).toMatchObject({ status: 201, body: { expiresAt: short.expiresAt } });
    expect(hoursFromNow(rotated.body.replaces.expiresAt)).toBeCloseTo(24, 1);
  });

  it('that is asked for ten times at once makes one key, and names it to the others', async () => {
    const tenant = await service.tenant('at the same time');
    const path = `/applications/${tenant.id}/keys/${tenant.keyId}/rotate`;
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask<Key & Problem>(operator, 'POST', path, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    const made = answers.find(({ status }) => status === 201)?.body.id;
    for (const { body } of answers.filter(({ status }) => status === 409))
      expect(body).toMatchObject({ code: 'already-rotated', successor: made });
    expect(await keysOf(tenant)).toHaveLength(2);
  });

  it('whose secret was lost is repeated once that successor is revoked, and lives as long as the first key was to', async () => {
    const tenant = await service.tenant('lost');
    const old = (await ask<Key>(tenant.key, 'POST', '/keys', { scopes: ['read'], expiresInDays: 30 })).body;
    const path = `/keys/${old.id}`;
    const lost = (await ask<Key>(tenant.key, 'POST', `${path}/rotate`, { overlapHours: 1 })).body;
    expect((await ask(tenant.key, 'DELETE', `/keys/${lost.id}`)).status).toBe(204);
    const again = await ask<Key>(tenant.key, 'POST', `${path}/rotate`, { overlapHours: 1 });
    expect(again.status).toBe(201);
    expect(hoursFromNow(again.body.expiresAt ?? '')).toBeCloseTo(30 * 24, 0);
  });

  it('is refused for a key that has ended, of another owner, or unknown', async () => {
    const [tenant, other] = [await service.tenant('ended'), await service.tenant('other owner')];
    const old = (await ask<Key>(tenant.key, 'POST', '/keys', { scopes: ['read'] })).body;
    await ask(tenant.key, 'DELETE', `/keys/${old.id}`);
    const rotate = (key: string, id: string) => ask<Problem>(key, 'POST', `/keys/${id}/rotate`, {});
    expect(await rotate(tenant.key, old.id)).toMatchObject({ status: 409, body: { code: 'key-ended' } });
    expect((await rotate(tenant.key, other.keyId)).status).toBe(404);
    expect((await ask(operator, 'POST', `/operator-keys/${tenant.keyId}/rotate`, {})).status).toBe(404);
    expect((await ask(operator, 'POST', `/applications/${tenant.id}/keys/${other.keyId}/rotate`, {})).status).toBe(404);
    for (const overlapHours of [-1, 169, 1.5, '24', null])
      expect((await ask(tenant.key, 'POST', `/keys/${tenant.keyId}/rotate`, { overlapHours })).status).toBe(400);
  });

  it("of an operator's key is the same", async () => {
    const spare = await ask<Key>(operator, 'POST', '/operator-keys', { name: 'on call' });
    const rotated = await ask<Key>(operator, 'POST', `/operator-keys/${spare.body.id}/rotate`, { overlapHours: 0 });
    expect(rotated).toMatchObject({
      status: 201,
      body: { name: 'on call', applicationId: null, scopes: ['operator'] },
    });
    expect((await ask(spare.body.secret, 'GET', '/applications')).status).toBe(401);
    expect((await ask(rotated.body.secret, 'GET', '/applications')).status).toBe(200);
  });
});

describe('R78 an administrator of an application', () => {
  it('gives away no scope that its key does not have, neither by making nor by rotating', async () => {
    const tenant = await service.tenant('modest');
    const modest = (await ask<Key>(tenant.key, 'POST', '/keys', { scopes: ['admin'] })).body;
    const more = await ask<Problem>(modest.secret, 'POST', '/keys', { scopes: ['admin', 'verify'] });
    expect(more).toMatchObject({ status: 403, body: { code: 'scope-not-held' } });
    const stronger = await ask<Problem>(modest.secret, 'POST', `/keys/${tenant.keyId}/rotate`, {});
    expect(stronger).toMatchObject({ status: 403, body: { code: 'scope-not-held' } });
    expect((await ask(modest.secret, 'POST', '/keys', { scopes: ['operator'] })).status).toBe(400);
    expect(await keysOf(tenant)).toHaveLength(2);
  });

  it("revokes the key it calls with only when it says so, and no other application's", async () => {
    const [tenant, other] = [await service.tenant('self'), await service.tenant('somebody else')];
    const slip = await ask<Problem>(tenant.key, 'DELETE', `/keys/${tenant.keyId}`);
    expect(slip).toMatchObject({ status: 409, body: { code: 'own-key' } });
    expect((await ask(tenant.key, 'DELETE', `/keys/${other.keyId}`)).status).toBe(404);
    expect((await ask(tenant.key, 'DELETE', `/keys/${tenant.keyId}?self=true`)).status).toBe(204);
    expect([await statusOf(tenant.key), await statusOf(other.key)]).toEqual([401, 200]);
  });

  it('sees when each key was last used', async () => {
    const tenant = await service.tenant('used');
    await ask(tenant.key, 'POST', '/keys', { scopes: ['read'] });
    await expect.poll(async () => (await keysOf(tenant))[0]?.lastUsedAt).toEqual(expect.any(String));
    const [used, unused] = await keysOf(tenant);
    expect(Math.abs(hoursFromNow(used?.lastUsedAt ?? ''))).toBeLessThan(0.01);
    expect(unused?.lastUsedAt).toBeNull();
  });
});

describe('an application', () => {
  const change = (id: string, to: object, version: number) =>
    ask<{ version: number } & Problem>(operator, 'PUT', `/applications/${id}`, to, {
      'if-match': `"${String(version)}"`,
    });

  it('that is disabled has all of its keys refused, and works again once it is enabled', async () => {
    const { id, key } = await service.tenant('disabled');
    expect(await statusOf(key)).toBe(200);
    expect(await change(id, { name: 'disabled', enabled: false }, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const refused = await ask<Problem>(key, 'GET', '/settings');
    expect(refused).toMatchObject({ status: 403, body: { code: 'application-disabled' } });
    // A scope that the key does not have makes no difference: nothing is told that the key could not know.
    expect((await ask<Problem>(key, 'GET', '/applications')).body.code).toBe('application-disabled');
    expect((await change(id, { name: 'disabled', enabled: true }, 2)).status).toBe(200);
    expect(await statusOf(key)).toBe(200);
  });

  it('is renamed over its version, to a name that nobody else has', async () => {
    const [one, two] = [await service.tenant('one'), await service.tenant('two')];
    expect((await change(one.id, { name: 'two', enabled: true }, 1)).body.code).toBe('name-taken');
    const names = ['first', 'second', 'third'].map((name) => change(one.id, { name, enabled: true }, 1));
    expect((await Promise.all(names)).map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const body = { name: 'x', enabled: true };
    expect((await ask(operator, 'PUT', `/applications/${two.id}`, body)).status).toBe(428);
    const read = await ask(operator, 'GET', `/applications/${one.id}`);
    expect(read.headers.get('etag')).toBe('"2"');
  });

  it('is found in a list that goes on', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const path = `/applications?limit=3${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await ask<{ applications: { id: string }[]; nextCursor?: string }>(operator, 'GET', path);
      expect(body.applications.length).toBeLessThanOrEqual(3);
      seen.push(...body.applications.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    const rows = await store.database.query<{ id: string }>('SELECT id FROM applications ORDER BY created_at, id');
    expect(seen).toEqual(rows.map(({ id }) => id));
  });
});

describe('R80 R91 the audit log', () => {
  interface Page {
    entries: { seq: number; actor: string; action: string; target: string; details: object; hash: string }[];
    nextCursor?: string;
  }
  const read = async (key: string, query = '') => (await ask<Page>(key, 'GET', `/audit${query}`)).body;

  it('shows an administrator what concerns the own application, and nothing else', async () => {
    const [mine, theirs] = [await service.tenant('mine'), await service.tenant('theirs')];
    await ask(mine.key, 'PUT', '/settings', { locale: 'de' }, { 'if-match': '"1"' });
    const { body: key } = await ask<Key>(mine.key, 'POST', '/keys', { scopes: ['read'] });
    await ask(theirs.key, 'POST', `/keys/${theirs.keyId}/rotate`, {});
    const { entries } = await read(mine.key);
    expect(entries.map(({ action, target }) => [action, target])).toEqual([
      ['key.created', key.id],
      ['application.settings-changed', mine.id],
      ['key.created', mine.keyId],
      ['application.created', mine.id],
    ]);
    expect(JSON.stringify(entries)).not.toContain(theirs.id);
    expect((await ask(mine.key, 'GET', `/audit?applicationId=${theirs.id}`)).status).toBe(404);
    expect((await ask(mine.key, 'GET', '/audit/head')).status).toBe(403);
    const seenByOperator = await read(operator, `?applicationId=${mine.id}`);
    expect(seenByOperator.entries).toEqual(entries);
  });

  it('is filtered by who, what, to whom and when, page by page, newest first', async () => {
    const { id, keyId } = await service.tenant('filtered');
    const [entry] = (await read(operator, `?target=${id}`)).entries;
    expect(entry).toMatchObject({ action: 'application.created', actor: 'test', target: id });
    expect((await read(operator, `?target=${keyId}&action=key.`)).entries).toHaveLength(1);
    expect((await read(operator, `?target=${keyId}&action=application.`)).entries).toEqual([]);
    const later = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    expect((await read(operator, `?from=${later}`)).entries).toEqual([]);
    expect((await read(operator, `?actor=test&until=${later}&limit=1`)).entries).toHaveLength(1);

    const all: number[] = [];
    for (
      let page = await read(operator, '?limit=7');
      ;
      page = await read(operator, `?limit=7&cursor=${page.nextCursor ?? ''}`)
    ) {
      all.push(...page.entries.map(({ seq }) => seq));
      if (page.nextCursor === undefined) break;
    }
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    expect(all.length).toBe(all[0]);
    for (const query of ['?limit=0', '?limit=201', '?cursor=x', '?from=yesterday', '?seq=1', '?target='])
      expect((await ask(operator, 'GET', `/audit${query}`)).status, query).toBe(400);
  });

  it('tells its head, which the whole chain leads to', async () => {
    const { body } = await ask<{ seq: number; hash: string }>(operator, 'GET', '/audit/head');
    expect(await verifyChain(store.database)).toEqual({ kind: 'intact', entries: body.seq, head: body.hash });
  });

  it('whose owner of an entry is changed is broken', async () => {
    const { id, key } = await service.tenant('forged');
    const [entry] = (await read(key)).entries;
    await store.database.query('ALTER TABLE audit_log DISABLE TRIGGER USER');
    await store.database.query(
      `UPDATE audit_log SET details = details || '{"applicationId": "app_other"}' WHERE seq = $1`,
      [entry?.seq],
    );
    await store.database.query('ALTER TABLE audit_log ENABLE TRIGGER USER');
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: entry?.seq });
    expect(id).toMatch(/^app_/);
  });

  it('has no secret in it', async () => {
    const { body } = await ask<Page>(operator, 'GET', '/audit?limit=200');
    // An id may hold these letters anywhere but at its beginning.
    expect(JSON.stringify(body)).not.toMatch(/(?<![\w-])ek_/);
  });
});
