import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresDecisions } from '../../src/limits/adapters/postgres-decisions.js';
import { DecisionLog, RETENTION_HOURS } from '../../src/limits/application/decision-log.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { Decisions } from '../../src/limits/application/ports.js';
import type { DecisionsBody } from '../../src/limits/http/decision.schema.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { LedgerClock } from '../../src/platform/postgres/ledger-clock.js';
import { unavailable } from '../../src/shared/refusals.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { StoppedClock } from '../support/stopped-clock.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

let opened: TestDatabase;
let service: ApplicationsService;
let tenant: TestTenant;
let other: TestTenant;
let operator: string;
let limiter: Limiter;

beforeAll(async () => {
  opened = await openTestDatabase();
  service = await startApplications(opened.database, { modules: [LimitsModule] });
  [tenant, other, operator] = [await service.tenant('a'), await service.tenant('b'), await service.operatorKey()];
  limiter = service.app.get(Limiter);
  await traffic();
});
afterAll(async () => {
  await service.close();
  await opened.close();
});

/** Two sends of one person, of which the second comes too soon, a guess, one at a factor, and somebody of the other application. */
async function traffic(): Promise<void> {
  const { id: applicationId } = tenant;
  const person = { applicationId, recipient: 'r1', ip: '2001:db8:1:2::3', country: 'DE', apiKey: 'key_1' };
  for (const act of ['dlv_1', 'dlv_2'])
    await limiter.take('send', act, person, { verificationId: `ver_${act}`, channel: 'sms', cooldown: true });
  await limiter.take('check', 'gss_1', { applicationId, ip: '192.0.2.9' }, { verificationId: 'ver_9' });
  await limiter.take('failed-check', 'gss_2', { applicationId, factor: 'f1' }, { verificationId: 'ver_10' });
  await limiter.take('send', 'dlv_b', { applicationId: other.id, recipient: 'r2' });
}

const written = () => service.app.get<PostgresDecisions>(Decisions).flush();

async function list(query = '', key = tenant.key): Promise<DecisionsBody['decisions']> {
  await written();
  const { status, body } = await service.call<DecisionsBody>('GET', `/v1/admin/decisions${query}`, { key });
  expect(status).toBe(200);
  return body.decisions;
}

describe('the log of decisions', () => {
  test('tells why a start was refused of which no verification came, with the names of the rules', async () => {
    const [refused, admitted] = await list('?on=send');
    expect(refused).toMatchObject({
      ...{ on: 'send', outcome: 'refused', verificationId: 'ver_dlv_2', channel: 'sms', applicationId: tenant.id },
      refusedBy: ['recipient-cooldown'],
      countedBy: { recipient: 'r1', ip: '2001:db8:1:2::', country: 'DE', apiKey: 'key_1', subject: null },
    });
    expect(admitted).toMatchObject({ outcome: 'admitted', verificationId: 'ver_dlv_1', refusedBy: [] });
  });

  test('R69 tells which factor a guess was at, by its keyed name, and of no recipient', async () => {
    const [guess] = await list('?on=failed-check');

    expect(guess).toMatchObject({ countedBy: { factor: 'f1', recipient: null, subject: null }, outcome: 'admitted' });
  });

  test('is searched by rule, act, address, verification and time', async () => {
    const hits = async (query: string) => (await list(query)).map(({ on, outcome }) => `${on} ${outcome}`);

    expect(await hits('?refusedBy=recipient-cooldown')).toEqual(['send refused']);
    expect(await hits('?on=check')).toEqual(['check admitted']);
    expect(await hits('?ip=192.0.2.9')).toEqual(['check admitted']);
    // Any address of the /64 is the one that was counted.
    expect(await hits('?ip=2001:db8:1:2:ffff::1&outcome=refused')).toEqual(['send refused']);
    expect(await hits('?verificationId=ver_9')).toEqual(['check admitted']);
    expect(await hits(`?until=${new Date(Date.now() - 3_600_000).toISOString()}`)).toEqual([]);
    expect(await hits('?shadowedBy=recipient-cooldown')).toEqual([]);
  });

  test('is searched by recipient in the body, never in a URL', async () => {
    const search = (to: object, key = tenant.key) =>
      service.call<DecisionsBody>('POST', '/v1/admin/decisions/search', { key, body: { to } });

    expect((await search({ phone: '+49 1511 2345678' })).body.decisions).toEqual([]);
    expect((await search({ phone: 'nobody' })).status).toBe(400);
    expect((await search({})).status).toBe(400);
  });

  test('comes in pages, each after the one before', async () => {
    await written();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: string = cursor === undefined ? '?limit=1' : `?limit=1&cursor=${cursor}`;
      const { body } = await service.call<DecisionsBody>('GET', `/v1/admin/decisions${query}`, { key: tenant.key });
      seen.push(...body.decisions.map(({ id }) => id));
      cursor = body.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual((await list()).map(({ id }) => id));
    expect(new Set(seen).size).toBe(4);
  });

  test.each(['?limit=0', '?limit=201', '?limit=1e1', '?cursor=x', '?ip=nowhere', '?on=send&on=check', '?unknown=1'])(
    'refuses %s',
    async (query) => {
      const reply = await service.call('GET', `/v1/admin/decisions${query}`, { key: tenant.key });
      expect(reply.status).toBe(400);
    },
  );

  test('I10 shows an application its own only, an operator all or one', async () => {
    expect((await list('', other.key)).map(({ applicationId }) => applicationId)).toEqual([other.id]);
    expect(await list('?verificationId=ver_9', other.key)).toEqual([]);
    expect((await list('', operator)).length).toBe(5);
    expect((await list(`?applicationId=${other.id}`, operator)).length).toBe(1);
    const pry = await service.call('GET', `/v1/admin/decisions?applicationId=${other.id}`, { key: tenant.key });
    expect(pry.status).toBe(404);
    const reader = await service.tenant('c', ['verify', 'read']);
    expect((await service.call('GET', '/v1/admin/decisions', { key: reader.key })).status).toBe(403);
  });

  test('R90 is deleted when its time is over, and not before', async () => {
    const log = service.app.get(DecisionLog);
    await opened.database.query(`UPDATE decisions SET at = now() - interval '73 hours' WHERE outcome = 'refused'`);

    expect(await log.forget(RETENTION_HOURS, 100)).toBe(1);
    expect(await log.forget(RETENTION_HOURS, 100)).toBe(0);
    expect((await list('', operator)).length).toBe(4);
  });
});

describe('writing them down', () => {
  const decision = (n: number, refusedBy: string[] = []) => ({
    ...{ on: 'send' as const, applicationId: tenant.id, verificationId: null, refusedBy, shadowedBy: [] },
    ...{ act: `act_${String(n)}`, dimensions: { applicationId: tenant.id } },
  });
  const clocks = (database: Database): [StoppedClock, LedgerClock] => {
    const clock = new StoppedClock();
    return [clock, new LedgerClock(database, clock)];
  };
  const countOf = async (column: string) => {
    const rows = await opened.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM decisions WHERE act LIKE 'act_%' AND ${column}`,
    );
    return rows[0]?.count;
  };

  /** A database that can be taken away. */
  function unreliable(): { database: Database; away: boolean } {
    const switched = { away: false, database: {} as Database };
    switched.database = {
      query: (sql: string, values: unknown[]) =>
        switched.away ? Promise.reject(unavailable('away')) : opened.database.query(sql, values),
    } as unknown as Database;
    return switched;
  }

  test('while Postgres is away nothing throws and all wait; when it is back they are written, in their order', async () => {
    const switched = unreliable();
    const decisions = new PostgresDecisions(switched.database, ...clocks(switched.database), Log.to('silent'));
    switched.away = true;
    for (let n = 0; n < 3_000; n += 1) decisions.record(decision(n));
    await decisions.flush();
    expect(await countOf('true')).toBe(0);

    switched.away = false;
    await decisions.flush();
    expect(await countOf('true')).toBe(3_000);
    const acts = await opened.database.query<{ act: string }>(
      `SELECT act FROM decisions WHERE act LIKE 'act_%' ORDER BY at, id`,
    );
    expect(acts.map(({ act }) => act)).toEqual(Array.from({ length: 3_000 }, (_, n) => `act_${String(n)}`));
    await opened.database.query(`DELETE FROM decisions WHERE act LIKE 'act_%'`);
  });

  test('a flood of refusals is counted by rule, and costs no admitted one its place', async () => {
    const decisions = new PostgresDecisions(opened.database, ...clocks(opened.database), Log.to('silent'));
    for (let n = 0; n < 5_000; n += 1) decisions.record(decision(n, ['ip-hour']));
    for (let n = 0; n < 50; n += 1) decisions.record(decision(n));
    await decisions.onApplicationShutdown();

    expect([await countOf(`outcome = 'refused'`), await countOf(`outcome = 'admitted'`)]).toEqual([100, 50]);
    expect(await list('?outcome=not-recorded')).toMatchObject([{ times: 4_900, refusedBy: ['ip-hour'], on: 'send' }]);
  });

  test('what comes in the last second of a process is written when it stops', async () => {
    const decisions = new PostgresDecisions(opened.database, ...clocks(opened.database), Log.to('silent'));
    decisions.record({ ...decision(1), act: 'last_words' });
    await decisions.onApplicationShutdown();

    const rows = await opened.database.query(`SELECT 1 FROM decisions WHERE act = 'last_words'`);
    expect(rows).toHaveLength(1);
  });

  test('a decision that Postgres can not store does not stand in the way of the next', async () => {
    const decisions = new PostgresDecisions(opened.database, ...clocks(opened.database), Log.to('silent'));
    decisions.record({ ...decision(1), act: 'nul \u0000' });
    await decisions.flush();
    decisions.record({ ...decision(2), act: 'after_it' });
    await decisions.flush();

    expect(await opened.database.query(`SELECT 1 FROM decisions WHERE act = 'after_it'`)).toHaveLength(1);
  });
});
