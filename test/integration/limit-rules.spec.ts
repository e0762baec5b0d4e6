import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LiveRuleBook } from '../../src/limits/adapters/live-rule-book.js';
import { RuleBook } from '../../src/limits/application/ports.js';
import { DEFAULT_RULES, SEEDED_RULES } from '../../src/limits/domain/default-rules.js';
import { RAIL_RULES } from '../../src/limits/domain/rail-rules.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { LiveValues } from '../../src/platform/live/live-values.js';
import { Log } from '../../src/platform/log/log.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { orderFrom, type RuleBody } from '../support/rules.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

let ledger: TestDatabase;
let service: ApplicationsService;
let operator: string;
let shop: TestTenant;
let tenants = 0;

beforeAll(async () => {
  ledger = await openTestDatabase();
  service = await startApplications(ledger.database, { modules: [LimitsModule] });
  operator = await service.operatorKey();
});
beforeEach(async () => {
  tenants += 1;
  shop = await service.tenant(`shop ${String(tenants)}`);
});
afterAll(async () => {
  await service.close();
  await ledger.close();
});

interface Problem {
  code: string;
  errors?: { path: string; message: string }[];
}

/** What somebody does to rules with their key; `at` an application's id, as only operators may. */
const as = (key: string, at = '') => {
  const path = `/v1/admin/${at && `applications/${at}/`}rules`;
  const tagged = (version: number) => ({ key, headers: { 'if-match': `"${String(version)}"` } });
  return {
    list: async () => (await service.call<{ rules: RuleBody[] }>('GET', path, { key })).body.rules,
    read: (id: string) => service.call<RuleBody>('GET', `${path}/${id}`, { key }),
    create: (body: unknown) => service.call<RuleBody & Problem>('POST', path, { key, body }),
    replace: ({ id, version }: Pick<RuleBody, 'id' | 'version'>, body: unknown) =>
      service.call<RuleBody & Problem>('PUT', `${path}/${id}`, { ...tagged(version), body }),
    remove: ({ id, version }: Pick<RuleBody, 'id' | 'version'>) =>
      service.call<Problem>('DELETE', `${path}/${id}`, tagged(version)),
  };
};

const held = (applicationId: string) => service.app.get(RuleBook).rulesOf(applicationId);
const heldAs = (name: string, applicationId = shop.id) => held(applicationId).find((rule) => rule.name === name);
const named = (rules: RuleBody[], name: string) => rules.filter((rule) => rule.name === name);
const one = (rules: RuleBody[], name: string) => named(rules, name)[0] as RuleBody;
const hourly = (name: string, max: number) => ({ name, on: 'send', by: ['recipient'], rate: `${String(max)}/1h` });

async function audited(target: string) {
  const rows = await ledger.database.query<{ action: string; details: Record<string, unknown> }>(
    'SELECT action, details FROM audit_log WHERE target = $1 ORDER BY seq',
    [target],
  );
  return rows;
}

/** Puts the installation's rule back as it was. */
async function restore(rule: RuleBody): Promise<void> {
  const { body } = await as(operator).read(rule.id);
  expect((await as(operator).replace(body, orderFrom(rule))).status).toBe(200);
}

describe('a new installation', () => {
  test('has the default rules, all of them and as the program has them', async () => {
    const rules = await as(operator).list();
    const shownAs = ({ name, on, by, scope, max, windowSeconds, mode, enabled, note }: Omit<RuleBody, 'rate'>) => ({
      ...{ name, on, by, scope, max, windowSeconds, mode, enabled, note },
    });

    expect(rules.filter(({ rail }) => !rail).map(shownAs)).toHaveLength(SEEDED_RULES.length);
    expect(rules.filter(({ rail }) => !rail).map(shownAs)).toEqual(expect.arrayContaining([...SEEDED_RULES]));
    expect(rules.filter(({ rail }) => rail).map(({ name }) => name)).toEqual(RAIL_RULES.map(({ name }) => name));
    expect([...held(shop.id)].map(({ name }) => name).sort()).toEqual(DEFAULT_RULES.map(({ name }) => name).sort());
  });
});

describe('a rule of the installation', () => {
  test('is made, read, changed and deleted, holds at once for everybody, and is audited', async () => {
    const made = await as(operator).create({
      ...{
        name: 'session-hour',
        on: 'check',
        by: ['custom:session', 'ip'],
        scope: 'global',
        rate: '20/2h',
        note: 'why',
      },
    });

    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.body).toMatchObject({
      ...{ owner: 'installation', savedBy: 'operator', rail: false, holds: true, replaces: null },
      ...{ max: 20, windowSeconds: 7_200, rate: '20/2h', mode: 'enforce', enabled: true, version: 1 },
    });
    expect((await as(operator).read(made.body.id)).body).toEqual(made.body);
    expect(one(await as(shop.key).list(), 'session-hour')).toEqual(made.body);
    expect(heldAs('session-hour')).toMatchObject({ by: ['custom:session', 'ip'], scope: 'global', max: 20 });

    const changed = await as(operator).replace(made.body, { ...orderFrom(made.body), max: 30, mode: 'shadow' });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(heldAs('session-hour')).toMatchObject({ max: 30, mode: 'shadow' });

    expect((await as(operator).remove(changed.body)).status).toBe(204);
    expect(heldAs('session-hour')).toBeUndefined();
    expect((await as(operator).read(made.body.id)).status).toBe(404);

    expect(await audited(made.body.id)).toMatchObject([
      { action: 'rule.created', details: { before: null, after: { max: 20, note: 'why' }, applicationId: null } },
      { action: 'rule.changed', details: { before: { max: 20 }, after: { max: 30, mode: 'shadow' }, weakens: true } },
      { action: 'rule.deleted', details: { before: { max: 30 }, after: null } },
    ]);
  });

  test('is changed from the version that was read: of two operators at once one is told to read again', async () => {
    const { body } = await as(operator).create(hourly('raced', 9));
    const answers = await Promise.all([5, 6].map((max) => as(operator).replace(body, hourly('raced', max))));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: 'version-mismatch', version: 2 });
    expect(
      (await service.call('PUT', `/v1/admin/rules/${body.id}`, { key: operator, body: hourly('raced', 1) })).status,
    ).toBe(428);
    expect((await as(operator).remove(body)).status).toBe(412);
    expect((await as(operator).remove({ ...body, version: 2 })).status).toBe(204);
  });

  test('has a name of its own, also when two are made at once, and keeps it', async () => {
    const answers = await Promise.all([1, 2, 3].map((max) => as(operator).create(hourly('same', max))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('name-taken');

    const made = answers.find(({ status }) => status === 201)?.body as RuleBody;
    const renamed = await as(operator).replace(made, hourly('other', 5));
    expect([renamed.status, renamed.body.errors]).toEqual([400, [{ path: 'name', message: 'can not change' }]]);
    await as(operator).remove(made);
  });
});

describe('R79 what can not be a rule is refused', () => {
  test('with every path that is wrong, and nothing of it is kept', async () => {
    const order = { name: 'sound', on: 'send', by: ['ip', 'phone', 'ip'], max: 0, windowSeconds: 0 };
    const { status, body } = await as(operator).create(order);

    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.errors?.map(({ path }) => path)).toEqual(['by.1', 'by.2', 'max', 'windowSeconds']);
    expect(named(await as(operator).list(), 'sound')).toEqual([]);
    expect(heldAs('sound')).toBeUndefined();
  });

  test('more than 200 of one owner', async () => {
    await ledger.database.query(
      `INSERT INTO limit_rules (id, application_id, name, "on", by, scope, max, window_seconds)
       SELECT 'rule_' || $1 || n, $1, 'many-' || n, 'send', ARRAY['custom:k' || n], 'application', 1, 60 FROM generate_series(1, 199) n`,
      [shop.id],
    );
    const answers = [await as(shop.key).create(hourly('last', 1)), await as(shop.key).create(hourly('more', 1))];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [201, undefined],
      [422, 'too-many-rules'],
    ]);
  });
});

describe('an act costs a bounded number of windows, however many rules there are', () => {
  const window = (n: number, more = {}) => ({
    ...{ name: `window-${String(n)}`, on: 'send', by: ['application', 'ip'], rate: `500/${String(60 + n)}s`, ...more },
  });

  test('eight rules count the same acts by the same dimensions, in whatever order these are named', async () => {
    for (let n = 0; n < 8; n++) expect((await as(shop.key).create(window(n))).status).toBe(201);
    const { status, body } = await as(shop.key).create(window(8, { by: ['ip', 'application'] }));

    expect([status, body.code]).toEqual([422, 'too-many-windows']);
    expect(held(shop.id).filter(({ name }) => name.startsWith('window-'))).toHaveLength(8);
  });

  test('a ninth may be there switched off, and is not switched on; the eight are still changed', async () => {
    for (let n = 0; n < 8; n++) await as(shop.key).create(window(n));
    const off = await as(shop.key).create(window(8, { enabled: false }));
    const on = await as(shop.key).replace(off.body, window(8));
    const tightened = await as(shop.key).replace(
      one(await as(shop.key).list(), 'window-3'),
      window(3, { rate: '5/1h' }),
    );

    expect([off.status, on.status, on.body.code, tightened.status]).toEqual([201, 422, 'too-many-windows', 200]);
  });
});

describe('R79 the rails', () => {
  test('can not be changed, deleted, or stood in for, by anybody', async () => {
    for (const { name } of RAIL_RULES) {
      const { body } = await as(operator).read(name);
      expect(body).toMatchObject({ rail: true, enabled: true, mode: 'enforce' });
      for (const key of [operator, shop.key]) {
        expect((await as(key).replace(body, { ...hourly('mine', 1), enabled: false })).body.code).toBe('rail');
        expect((await as(key).remove(body)).body.code).toBe('rail');
        const another = await as(key).create({ ...hourly(name, 1), mode: 'shadow' });
        expect([name, another.body.code]).toEqual([name, name.startsWith('rail-') ? 'invalid-request' : 'rail']);
      }
    }
    const shadow = { ...hourly('recipient-failures-in-a-row', 1), on: 'failed-check', mode: 'shadow' };
    for (const key of [operator, shop.key])
      expect((await as(key).create(shadow)).body).toMatchObject({ status: 422, code: 'rail' });
    expect(RAIL_RULES.map(({ name }) => heldAs(name))).toEqual([...RAIL_RULES]);
  });

  test('remain when everything else is switched off', async () => {
    const rules = (await as(operator).list()).filter(({ rail }) => !rail);
    for (const rule of rules) await as(operator).replace(rule, { ...orderFrom(rule), enabled: false });
    expect(held(shop.id)).toEqual(RAIL_RULES);

    for (const rule of rules) await restore(rule);
    expect(held(shop.id)).toHaveLength(DEFAULT_RULES.length);
  });
});

describe('an application’s rule of the same name as the installation’s', () => {
  test('replaces it for that application when it is stricter, and it alone sees that', async () => {
    const other = await service.tenant(`other ${String(tenants)}`);
    const theirs = one(await as(operator).list(), 'recipient-hour');
    const { status, body } = await as(shop.key).create(hourly('recipient-hour', 4));

    expect([status, body.replaces, body.owner, body.savedBy]).toEqual([201, theirs.id, 'application', 'application']);
    expect(heldAs('recipient-hour')?.max).toBe(4);
    expect(heldAs('recipient-hour', other.id)?.max).toBe(5);
    expect(named(await as(shop.key).list(), 'recipient-hour')).toEqual([body]);
    expect(named(await as(other.key).list(), 'recipient-hour')).toEqual([theirs]);
    expect((await as(other.key).read(body.id)).status).toBe(404);
    expect((await as(other.key).replace(body, hourly('recipient-hour', 1))).status).toBe(404);
    expect((await as(other.key).remove(body)).status).toBe(404);
    expect((await as(operator).read(body.id)).status).toBe(404);
    expect((await as(operator, other.id).read(body.id)).status).toBe(404);

    expect((await as(shop.key).remove(body)).status).toBe(204);
    expect(heldAs('recipient-hour')?.max).toBe(5);
    expect((await audited(body.id)).at(-1)).toMatchObject({ action: 'rule.deleted', details: { weakens: true } });
  });

  test.each<[string, Record<string, unknown>]>([
    ['admits more', { rate: '6/1h' }],
    ['admits more in a shorter window', { rate: '5/30m' }],
    ['only watches', { mode: 'shadow' }],
    ['is switched off', { enabled: false }],
    ['counts something else', { by: ['ip'] }],
    ['counts something narrower', { by: ['recipient', 'ip'] }],
    ['limits something else', { on: 'failed-check' }],
  ])('is refused when it %s, unless an operator saves it', async (_what, change) => {
    const order = { ...hourly('recipient-hour', 5), ...change };
    const refused = await as(shop.key).create(order);
    expect([refused.status, refused.body.code]).toEqual([422, 'looser']);
    expect(heldAs('recipient-hour')?.max).toBe(5);

    const { status, body } = await as(operator, shop.id).create(order);
    expect([status, body.savedBy, body.holds]).toEqual([201, 'operator', true]);
    expect(heldAs('recipient-hour')).toEqual(
      body.enabled ? expect.objectContaining({ by: body.by, on: body.on, mode: body.mode }) : undefined,
    );
    expect(await audited(body.id)).toMatchObject([{ details: { applicationId: shop.id, weakens: true } }]);
  });

  test('of an operator is not the application’s to change', async () => {
    const { body } = await as(operator, shop.id).create(hourly('recipient-hour', 2));

    expect((await as(shop.key).replace(body, hourly('recipient-hour', 1))).body.code).toBe('operators-rule');
    expect((await as(shop.key).remove(body)).body.code).toBe('operators-rule');
    expect(heldAs('recipient-hour')?.max).toBe(2);
    expect((await as(operator, shop.id).remove(body)).status).toBe(204);
  });

  test('gives way while the installation’s is stricter, and is told to', async () => {
    const { body } = await as(shop.key).create(hourly('recipient-hour', 4));
    const theirs = one(await as(operator).list(), 'recipient-hour');
    await as(operator).replace(theirs, { ...orderFrom(theirs), max: 2 });

    expect(heldAs('recipient-hour')?.max).toBe(2);
    const listed = named(await as(shop.key).list(), 'recipient-hour');
    expect(listed.map(({ id, holds, replaces }) => [id, holds, replaces])).toEqual([
      [theirs.id, true, null],
      [body.id, false, null],
    ]);
    await restore(theirs);
    expect(heldAs('recipient-hour')?.max).toBe(4);
  });

  test('can not stand in for a rule that counts across applications, nor count across them', async () => {
    for (const rules of [as(shop.key), as(operator, shop.id)]) {
      const global = await rules.create({ ...hourly('recipient-day-everywhere', 1), rate: '1/1d' });
      expect([global.status, global.body.code]).toEqual([422, 'rail']);
      const mine = await rules.create({ ...hourly('mine', 1), scope: 'global' });
      expect([mine.status, mine.body.errors?.map(({ path }) => path)]).toEqual([400, ['scope']]);
    }
    const theirs = one(await as(shop.key).list(), 'recipient-day');
    expect((await as(shop.key).replace(theirs, hourly('recipient-day', 1))).body.code).toBe('operators-rule');
    expect((await as(shop.key).remove(theirs)).body.code).toBe('operators-rule');
  });
});

describe('who may', () => {
  test.each([
    ['nobody', 401],
    ['verify', 403],
    ['read', 403],
  ])('not %s', async (scope, expected) => {
    const key = scope === 'nobody' ? '' : (await service.tenant(`${scope} ${String(tenants)}`, [scope as 'read'])).key;
    const answers = [await as(key).create(hourly('mine', 1)), await service.call('GET', '/v1/admin/rules', { key })];
    expect(answers.map(({ status }) => status)).toEqual([expected, expected]);
  });

  test('an application for another', async () => {
    const answer = await service.call('GET', `/v1/admin/applications/${shop.id}/rules`, { key: shop.key });
    expect(answer.status).toBe(403);
    expect((await as(operator, 'app_unknown').create(hourly('mine', 1))).status).toBe(404);
  });
});

/** What a process holds that starts now, and the rules that it says it left out. */
async function heldAtStart() {
  const lines: { event: string; ids?: string[] }[] = [];
  const log = Log.to('info', { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) });
  const book = new LiveRuleBook(new LiveValues(ledger.database, null, log), ledger.database, log);
  await book.onModuleInit();
  const refused = lines.filter(({ event }) => event === 'live.refused').flatMap(({ ids = [] }) => ids);
  const rules = book.rulesOf(shop.id);
  return { names: rules.map(({ name }) => name).sort(), refused };
}

test('R51 what somebody wrote into the ledger that can not hold leaves the last good rules in place', async () => {
  const bad = (column: string, value: string) =>
    ledger.database.query(
      `INSERT INTO limit_rules (id, name, "on", by, scope, max, window_seconds)
       VALUES ('rule_bad', ${column === 'name' ? value : `'bad'`}, 'send', ${column === 'by' ? value : `'{ip}'`},
         'application', 1, 60)`,
    );
  for (const [column, value] of [
    ['by', `'{phone}'`],
    ['by', `'{ip,ip}'`],
    ['name', `'rail-mine'`],
    ['name', `'recipient-failures-in-a-row'`],
  ] as const) {
    await bad(column, value);
    const made = await as(operator).create(hourly('afterwards', 1));
    expect(made.status).toBe(201);
    expect([heldAs('afterwards'), held(shop.id).length]).toEqual([undefined, DEFAULT_RULES.length]);
    expect(await heldAtStart()).toEqual({
      names: [...held(shop.id).map(({ name }) => name), 'afterwards'].sort(),
      refused: ['rule_bad'],
    });

    expect((await as(operator).remove({ id: 'rule_bad', version: 1 })).status).toBe(204);
    expect(heldAs('afterwards')?.max).toBe(1);
    await as(operator).remove(made.body);
  }
});
