import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment, type Tenant } from '../support/deployment.js';
import { eventually } from '../support/eventually.js';
import type { Service } from '../support/service.js';

/**
 * A tenant, or somebody who stole its key, tries the ids of another one on every endpoint there is. The matrix is made from the
 * service's own OpenAPI document: an endpoint added later is tried as well, or this suite fails until it knows how.
 */

/** What stands for another tenant's, by placeholder: where a path begins so, or under that name anywhere. */
type Ids = Record<string, string>;
/** Bodies of operations that want one; they are right, so that only whose it is can be wrong. */
const BODIES: Record<string, unknown> = {
  activateFactor: { code: '000000' },
  addApplicationEntries: { kind: 'prefix', values: ['+49151'] },
  addEntries: { kind: 'prefix', values: ['+49151'] },
  changeApplication: { name: 'taken over', enabled: true },
  checkCode: { code: '000000' },
  checkFactor: { code: '000000' },
  createApplicationWebhook: { url: 'https://mine.example/hook' },
  createApplicationRule: { name: 'own', on: 'send', by: ['recipient'], rate: '1/1h' },
  createKey: { scopes: ['read'] },
  renameFactor: { label: 'taken over' },
  replaceApplicationRule: { name: 'own', on: 'send', by: ['recipient'], rate: '1/1h' },
  replaceApplicationWebhook: { url: 'https://mine.example/hook', enabled: true },
  replaceRule: { name: 'own', on: 'send', by: ['recipient'], rate: '1/1h' },
  replaceWebhook: { url: 'https://mine.example/hook', enabled: true },
  replayApplicationWebhookMessages: { since: '2020-01-01T00:00:00Z', status: 'delivered' },
  replayWebhookMessages: { since: '2020-01-01T00:00:00Z', status: 'delivered' },
  searchApplicationEntries: { phone: '+4915112345678' },
  searchEntries: { phone: '+4915112345678' },
  switchProvider: { enabled: false },
};
/** Placeholders that are no ids: a list is chosen by its name, which everybody's has. */
const CHOSEN: Ids = { list: 'block' };

interface Operation {
  operationId: string;
  method: string;
  path: string;
  /** Scopes of which a key needs one; null for what is open. */
  takes: string[] | null;
  query: string[];
}
interface Attack extends Operation {
  key: string;
  ids: Ids;
}
interface Described {
  operationId: string;
  security?: object;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { description: string }>;
}

let deployment: Deployment;
let service: Service;
let operations: Operation[];
let mine: Tenant;
let theirs: Tenant;
let operatorKey: string;
let theirIds: Ids;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  mine = deployment.tenant;
  theirs = await deployment.createTenant('theirs');
  operatorKey = await deployment.createOperatorKey();
  service = deployment.service();
  operations = await readOperations();
  theirIds = await makeTheirs();
});
afterAll(() => deployment.close());

async function readOperations(): Promise<Operation[]> {
  const { body } = await service.call<{ paths: Record<string, Record<string, Described>> }>('GET', '/openapi.json');
  return Object.entries(body.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, security, parameters = [], responses }]) => {
      const said = /It takes (.*)\./.exec(responses['403']?.description ?? '')?.[1] ?? '';
      const takes = [...said.matchAll(/`(\w+)`/g)].map(([, scope = '']) => scope);
      const query = parameters.flatMap(({ name, in: where }) => (where === 'query' ? [name] : []));
      return { operationId, method: method.toUpperCase(), path, takes: security ? takes : null, query };
    }),
  );
}

const ofTheirs = async <Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const options = { key: theirs.key, headers, ...(body !== undefined && { body }) };
  const answer = await service.call<Body>(method, path, options);
  expect(`${method} ${path} ${String(answer.status)}`).toMatch(/ 20\d$/);
  return answer.body;
};

/** One of everything that an application can have. */
async function makeTheirs(): Promise<Ids> {
  const settings = { fraud: { pumping: { sequence: { mode: 'shadow', neighbours: 2 } } }, countries: ALL };
  await ofTheirs('PUT', '/v1/admin/settings', settings, { 'if-match': '"1"' });
  const start = (phone: string) =>
    ofTheirs<{ id: string }>('POST', '/v1/verifications', { to: { phone }, metadata: { note: 'theirs' } });
  const begun = await start('+4915112345678');
  for (const phone of ['+4915112345679', '+4915112345680', '+4915112345681']) await start(phone);
  const rule = { name: 'theirs', on: 'send', by: ['recipient'], rate: '1/1h' };
  const { id: ruleId } = await ofTheirs<{ id: string }>('POST', '/v1/admin/rules', rule);
  const entry = { kind: 'prefix', values: ['+49151999'], note: 'theirs' };
  const listed = await ofTheirs<{ entries: { id: string }[] }>('POST', '/v1/admin/lists/block', entry);
  const imported = { factors: [{ subject: 'user-1', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', label: 'theirs' }] };
  const { results } = await ofTheirs<{ results: { id: string }[] }>('POST', '/v1/factors/import', imported);
  const hook = { url: 'https://theirs.example/hook' };
  const { id: endpointId } = await ofTheirs<{ id: string }>('POST', '/v1/admin/webhooks', hook);
  const { eventId } = await ofTheirs<{ eventId: string }>('POST', `/v1/admin/webhooks/${endpointId}/test`);
  const { keys } = await ofTheirs<{ keys: { id: string }[] }>('GET', '/v1/admin/keys');
  // Outside of a test there is no `expect.poll`.
  const trips = await eventually(async () => {
    const tripped = await ofTheirs<{ trips: { id: string }[] }>('GET', '/v1/admin/fraud');
    expect(tripped.trips).not.toEqual([]);
    return tripped.trips;
  });
  return {
    '/v1/verifications/{id}': begun.id,
    '/v1/factors/{id}': known(results[0]?.id, 'factor'),
    '/v1/admin/applications/{id}': theirs.applicationId,
    '/v1/admin/rules/{id}': ruleId,
    '{ruleId}': ruleId,
    '{endpointId}': endpointId,
    '{eventId}': eventId,
    '{keyId}': known(keys[0]?.id, 'key'),
    '{entryId}': known(listed.entries[0]?.id, 'entry of a list'),
    '{tripId}': known(trips[0]?.id, 'trip'),
    // The installation's: for operators only, whatever they are called.
    '/v1/admin/prices/{id}': 'sms:DE:*:*',
    '/v1/admin/providers/{id}': 'sandbox-sms',
  };
}

const ALL = { sms: 'all', voice: 'all' };

function known(id: string | undefined, what: string): string {
  if (id === undefined) throw new Error(`they have no ${what}`);
  return id;
}

function pathOf({ path, ids }: Pick<Attack, 'path' | 'ids'>): string {
  const beginning = Object.keys(ids).find((known) => known.startsWith('/') && path.startsWith(known));
  const filled = path.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    name === 'id' && beginning ? (ids[beginning] ?? '') : (ids[placeholder] ?? CHOSEN[name] ?? placeholder),
  );
  if (filled.includes('{')) throw new Error(`${path}: tell this suite what its id stands for`);
  return filled;
}

async function attempt({ key, method, operationId, ...where }: Attack) {
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? (BODIES[operationId] ?? {}) : undefined;
  const { status, body: answer } = await service.call(method, pathOf(where), {
    ...{ key, headers: { 'if-match': '"1"' } },
    ...(body !== undefined && { body }),
  });
  return { operationId, status, answer };
}

/** Whether the caller chooses by an id whom or what it is about. */
const hasId = ({ path }: Operation) => /\{(?!list\})\w+\}/.test(path);
const withIds = () => operations.filter((operation) => operation.takes && hasId(operation));
const isForOperators = ({ takes }: Operation) => takes?.join() === 'operator';

describe('R78 I10 another tenant', () => {
  // First: what somebody asks for stands in their own log of decisions afterwards.
  it('reads nothing of it anywhere, whatever filter names it', async () => {
    const names = [...Object.values(theirIds).filter((id) => id.includes('_')), theirs.applicationId, 'theirs'];
    const readable = operations.filter(
      (operation) => operation.method === 'GET' && operation.takes && !hasId(operation) && !isForOperators(operation),
    );
    expect(readable.length).toBeGreaterThanOrEqual(10);
    for (const operation of readable) {
      const path = pathOf({ path: operation.path, ids: {} });
      const filters = operation.query.includes('applicationId') ? ['', `?applicationId=${theirs.applicationId}`] : [''];
      for (const filter of filters) {
        const { status, body } = await service.call(operation.method, path + filter, { key: mine.key });
        expect([operation.operationId, filter === '' ? status : 200]).toEqual([operation.operationId, 200]);
        const told = names.filter((name) => JSON.stringify(body).includes(name));
        expect([operation.operationId, filter, told]).toEqual([operation.operationId, filter, []]);
      }
    }
  });

  it('is refused on every endpoint with an id, and told the same as for an id that does not exist', async () => {
    const nobodys = Object.fromEntries(
      Object.entries(theirIds).map(([name, id]) => [
        name,
        `${id.slice(0, 4)}${'A'.repeat(Math.max(0, id.length - 4))}`,
      ]),
    );
    expect(withIds().length).toBeGreaterThanOrEqual(62);
    for (const operation of withIds()) {
      const real = await attempt({ ...operation, key: mine.key, ids: theirIds });
      const unknown = await attempt({ ...operation, key: mine.key, ids: nobodys });
      expect(real).toMatchObject({ operationId: operation.operationId, status: isForOperators(operation) ? 403 : 404 });
      expect(real).toEqual(unknown);
    }
  });

  it('changed nothing by trying', async () => {
    const id = theirIds['/v1/verifications/{id}'] ?? '';
    const { body } = await service.call('GET', `/v1/verifications/${id}`, { key: theirs.key });
    expect(body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
    expect(body).toHaveProperty('deliveries.length', 1);
    const factor = await service.call('GET', `/v1/factors/${theirIds['/v1/factors/{id}'] ?? ''}`, { key: theirs.key });
    expect(factor.body).toMatchObject({ status: 'active', label: 'theirs' });
    for (const path of ['rules', 'lists/block', 'fraud', 'keys', 'webhooks']) {
      const { body: kept } = await service.call('GET', `/v1/admin/${path}`, { key: theirs.key });
      expect(
        Object.values(theirIds).some((own) => JSON.stringify(kept).includes(own)),
        path,
      ).toBe(true);
    }
  });

  it('finds nothing of it in any list, under any filter, however the recipient is spelled', async () => {
    for (const body of [{}, { to: { phone: '0049 151 12345678' } }, { status: 'pending' }]) {
      const { status, body: found } = await service.call('POST', '/v1/verifications/search', { key: mine.key, body });
      expect(status).toBe(200);
      expect(JSON.stringify(found)).not.toContain(theirIds['/v1/verifications/{id}']);
    }
    const ofSubject = { key: mine.key, body: { subject: 'user-1' } };
    const factors = await service.call('POST', '/v1/factors/search', ofSubject);
    expect(factors).toMatchObject({ status: 200, body: { factors: [] } });
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
    const ids = { ...theirIds, '/v1/admin/applications/{id}': mine.applicationId };
    const revoke = operations.find(({ operationId }) => operationId === 'revokeKey');
    if (!revoke) throw new Error('revokeKey is gone');
    expect(await attempt({ ...revoke, key: operatorKey, ids })).toMatchObject({ status: 404 });
    const ofOperators = { ...revoke, path: '/v1/admin/operator-keys/{keyId}', key: operatorKey, ids };
    expect(await attempt(ofOperators)).toMatchObject({ status: 404 });
    expect((await service.call('GET', '/v1/admin/settings', { key: theirs.key })).status).toBe(200);
  });

  it('has no way into what belongs to a tenant', async () => {
    for (const operation of withIds().filter(({ path }) => /^\/v1\/(verifications|factors)\//.test(path)))
      expect(await attempt({ ...operation, key: operatorKey, ids: theirIds })).toMatchObject({ status: 403 });
  });
});

describe('somebody without a key', () => {
  it('is refused on every endpoint but those that were meant to be open', async () => {
    const open = operations.filter(({ takes }) => !takes).map(({ method, path }) => `${method} ${path}`);
    const meant = / \/(livez|readyz|metrics|\.well-known\/|sandbox\/|v1\/reports\/|$)/;
    expect(open.filter((route) => !meant.test(route))).toEqual([]);
    for (const { method, path } of operations.filter(({ takes }) => takes)) {
      const { status } = await service.call(method, pathOf({ path, ids: theirIds }));
      expect(`${method} ${path} ${String(status)}`).toBe(`${method} ${path} 401`);
    }
  });
});
