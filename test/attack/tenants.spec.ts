import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';
import { createWorld } from '../support/create-world.js';
import type { World } from '../support/world.js';

/**
 * A tenant, or somebody who stole its key, tries the ids of another one on every endpoint there is. The matrix is made from
 * the service's own OpenAPI document: an endpoint added later is tried as well, or this suite fails until it knows how.
 */

/** What the paths' `{id}` stands for, by the beginning of the path. */
type Ids = Record<string, string>;
/** Bodies of operations that want one; they are right, so that only whose it is can be wrong. */
const BODIES: Record<string, unknown> = {
  checkCode: { code: '000000' },
  changeApplicationSettings: { version: 1, settings: {} },
  createKey: { scopes: ['read'] },
};

interface Operation {
  operationId: string;
  method: string;
  path: string;
  guarded: boolean;
}
interface Attack extends Operation {
  key: string;
  ids: Ids;
}

let world: World;
let service: Service;
let operations: Operation[];
let mine: { applicationId: string; key: string };
let theirs: { applicationId: string; key: string };
let operatorKey: string;
let theirIds: Ids;

beforeAll(async () => {
  world = await createWorld();
  await world.migrate();
  mine = await world.createApplication('mine');
  theirs = await world.createApplication('theirs');
  operatorKey = await world.createOperatorKey();
  service = await startService({ world });
  operations = await readOperations();
  theirIds = await idsOf(theirs);
});
afterAll(async () => {
  await service.stop();
  await world.close();
});

async function readOperations(): Promise<Operation[]> {
  const { body } = await service.call<{
    paths: Record<string, Record<string, { operationId: string; security?: object }>>;
  }>('GET', '/openapi.json');
  return Object.entries(body.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, security }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
      guarded: security !== undefined,
    })),
  );
}

async function idsOf({ applicationId, key }: { applicationId: string; key: string }): Promise<Ids> {
  const begun = await service.call<{ id: string }>('POST', '/v1/verifications', {
    key,
    body: { to: { phone: '+4915112345678' }, metadata: { note: 'theirs' } },
  });
  expect(begun.status).toBe(202);
  const path = `/v1/admin/applications/${applicationId}/keys`;
  const keys = await service.call<{ keys: { id: string }[] }>('GET', path, { key: operatorKey });
  return {
    '/v1/verifications/': begun.body.id,
    '/v1/admin/applications/': applicationId,
    '{keyId}': keys.body.keys[0]?.id ?? '',
  };
}

function pathOf({ path, ids }: Pick<Attack, 'path' | 'ids'>): string {
  const kind = Object.keys(ids).find((beginning) => path.startsWith(beginning));
  const filled = path.replace('{id}', kind ? (ids[kind] ?? '') : '{id}').replace('{keyId}', ids['{keyId}'] ?? '');
  if (filled.includes('{')) throw new Error(`${path}: tell this suite what its id stands for`);
  return filled;
}

async function attempt({ key, method, operationId, ...where }: Attack) {
  const body = method === 'POST' || method === 'PUT' ? (BODIES[operationId] ?? {}) : undefined;
  const { status, body: answer } = await service.call(method, pathOf(where), {
    key,
    ...(body !== undefined && { body }),
  });
  return { operationId, status, answer };
}

const withIds = () => operations.filter(({ path, guarded }) => guarded && path.includes('{'));

describe('R78 I10 another tenant', () => {
  it('is refused on every endpoint with an id, and told the same as for an id that does not exist', async () => {
    const nobodys = Object.fromEntries(
      Object.entries(theirIds).map(([name, id]) => [name, `${id.slice(0, 4)}${'A'.repeat(22)}`]),
    );
    expect(withIds().length).toBeGreaterThan(8);
    for (const operation of withIds()) {
      const real = await attempt({ ...operation, key: mine.key, ids: theirIds });
      const unknown = await attempt({ ...operation, key: mine.key, ids: nobodys });
      const forOperators = operation.path.startsWith('/v1/admin/');
      expect(real).toMatchObject({ operationId: operation.operationId, status: forOperators ? 403 : 404 });
      expect(real).toEqual(unknown);
    }
  });

  it('changed nothing by trying', async () => {
    const id = theirIds['/v1/verifications/'] ?? '';
    const { body } = await service.call('GET', `/v1/verifications/${id}`, { key: theirs.key });
    expect(body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
    expect(body).toHaveProperty('deliveries.length', 1);
  });

  it('finds nothing of it in any list, under any filter, however the recipient is spelled', async () => {
    for (const body of [{}, { to: { phone: '0049 151 12345678' } }, { status: 'pending' }]) {
      const { status, body: found } = await service.call('POST', '/v1/verifications/search', { key: mine.key, body });
      expect(status).toBe(200);
      expect(JSON.stringify(found)).not.toContain(theirIds['/v1/verifications/']);
    }
    const body = { to: { phone: '+4915112345678' } };
    const exported = await service.call('POST', '/v1/admin/recipients/export', { key: mine.key, body });
    expect(exported).toMatchObject({ status: 200, body: { verifications: [] } });
    const erased = await service.call('POST', '/v1/admin/recipients/erase', { key: mine.key, body });
    expect(erased).toMatchObject({ status: 200, body: { erased: 0 } });
    const settings = await service.call('GET', '/v1/admin/settings', { key: mine.key });
    expect(JSON.stringify(settings.body)).not.toContain('theirs');
  });

  it('may use the same idempotency key for the same recipient and gets a verification of its own', async () => {
    const options = { body: { to: { phone: '+4915112345699' } }, headers: { 'idempotency-key': '"same"' } };
    const [first, second] = await Promise.all(
      [mine.key, theirs.key].map((key) =>
        service.call<{ id: string }>('POST', '/v1/verifications', { ...options, key }),
      ),
    );
    expect([first?.status, second?.status]).toEqual([202, 202]);
    expect(first?.body.id).not.toBe(second?.body.id);
  });
});

describe('R78 an operator', () => {
  it('finds a key under its own application only', async () => {
    const ids = { ...theirIds, '/v1/admin/applications/': mine.applicationId };
    const revoke = operations.find(({ operationId }) => operationId === 'revokeKey');
    if (!revoke) throw new Error('revokeKey is gone');
    expect(await attempt({ ...revoke, key: operatorKey, ids })).toMatchObject({ status: 404 });
    const ofOperators = { ...revoke, path: '/v1/admin/operator-keys/{keyId}', key: operatorKey, ids };
    expect(await attempt(ofOperators)).toMatchObject({ status: 404 });
    expect((await service.call('GET', '/v1/admin/settings', { key: theirs.key })).status).toBe(200);
  });

  it('has no way into what belongs to a tenant', async () => {
    for (const operation of withIds().filter(({ path }) => path.startsWith('/v1/verifications/')))
      expect(await attempt({ ...operation, key: operatorKey, ids: theirIds })).toMatchObject({ status: 403 });
  });
});

describe('somebody without a key', () => {
  it('is refused on every endpoint but those that were meant to be open', async () => {
    const open = operations.filter(({ guarded }) => !guarded).map(({ method, path }) => `${method} ${path}`);
    const meant = / \/(livez|readyz|metrics|\.well-known\/|sandbox\/|v1\/reports\/|$)/;
    expect(open.filter((route) => !meant.test(route))).toEqual([]);
    for (const { method, path } of operations.filter(({ guarded }) => guarded)) {
      const { status } = await service.call(method, pathOf({ path, ids: theirIds }));
      expect(`${method} ${path} ${String(status)}`).toBe(`${method} ${path} 401`);
    }
  });
});
