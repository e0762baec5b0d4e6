import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApplicationEvents } from '../../src/events/application-events.js';
import { eventBody } from '../../src/events/event-body.js';
import { EVENT_SCHEMAS } from '../../src/events/event-schemas.js';
import { RecordedTrips } from '../../src/fraud/adapters/recorded-trips.js';
import { TellTrips } from '../../src/fraud/application/tell-trips.js';
import { MemoryCounters } from '../../src/limits/adapters/memory-counters.js';
import { PostgresLimitTrips } from '../../src/limits/adapters/postgres-limit-trips.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import type { Rule } from '../../src/limits/domain/rule.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { PostgresSpendAlerts } from '../../src/spending/adapters/postgres-spend-alerts.js';
import { newId } from '../support/deliveries.js';
import { EventBench } from '../support/event-bench.js';
import { eventually } from '../support/eventually.js';
import { SetRules } from '../support/limiter-of.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

let opened: TestDatabase;
let database: Database;
let applicationId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
});
afterAll(() => opened.close());
beforeEach(() => {
  applicationId = newId('app');
});

const silent = Log.to('silent');

/** What the application is told, each as its schema says. */
async function told(): Promise<Record<string, unknown>[]> {
  const sql = `SELECT application_id AS "applicationId", verification_id AS "verificationId", sequence, type, payload,
    created_at AS "createdAt" FROM events WHERE application_id = $1 ORDER BY id`;
  const events = await database.query<Parameters<typeof eventBody>[0]>(sql, [applicationId]);
  return events.map((event) => EVENT_SCHEMAS[event.type].parse(eventBody(event, null)).data as Record<string, unknown>);
}

describe('limit.tripped', () => {
  const rule = (name: string): Rule => ({
    ...{ name, on: 'send', by: ['recipient', 'ip'], scope: 'application', max: 1, windowSeconds: 600, mode: 'enforce' },
  });
  const rules = [rule('pair'), { ...rule('trial'), mode: 'shadow' as const }];

  /** A node of its own, with counters that all have. */
  const counters = new MemoryCounters(new SystemClock());
  function node() {
    const trips = new PostgresLimitTrips(database, silent);
    const limiter = new Limiter(counters, new SetRules(rules), undefined, trips);
    let acts = 0;
    return {
      send: () =>
        limiter.take('send', `dlv_${String((acts += 1))}`, { applicationId, recipient: 'r1', ip: '192.0.2.1' }),
      forget: () => trips.forget(10),
      done: () => trips.onApplicationShutdown(),
    };
  }
  const minutesPass = (minutes: number) =>
    database.query(
      `UPDATE limit_trips SET since = since - $1 * interval '1 minute', told_at = told_at - $1 * interval '1 minute'`,
      [minutes],
    );

  /** A hundred sends at once on two nodes. */
  async function flood(): Promise<void> {
    const nodes = [node(), node()];
    await Promise.all(nodes.flatMap(({ send }) => Array.from({ length: 50 }, send)));
    await Promise.all(nodes.map(({ done }) => done()));
  }

  test('R8 is told once, however many are refused on however many nodes, and names nobody', async () => {
    await flood();

    const [{ since, ...trip } = { since: null }, ...others] = await told();
    expect(trip).toEqual({
      ...{ applicationId, rule: 'pair', on: 'send', by: ['recipient', 'ip'], scope: 'application' },
      ...{ max: 1, windowSeconds: 600, ongoing: false },
    });
    expect([typeof since, others]).toEqual(['string', []]);
  });

  test('is told again after ten minutes as long as it goes on, and as a new one after a pause', async () => {
    for (const minutes of [0, 9, 2, 21]) {
      await minutesPass(minutes);
      await flood();
    }

    expect((await told()).map(({ ongoing }) => ongoing)).toEqual([false, true, false]);
  });

  test('does not tell of caps, of which spend.reached tells', async () => {
    const trips = new PostgresLimitTrips(database, silent);
    trips.refused(applicationId, ['spend-day'], rules);
    await trips.onApplicationShutdown();

    expect(await told()).toEqual([]);
  });

  test('keeps no memory of what is over for a day', async () => {
    await flood();
    await minutesPass(25 * 60);

    expect([(await node().forget()) > 0, await database.query('SELECT FROM limit_trips')]).toEqual([true, []]);
  });
});

test('fraud.tripped and fraud.cleared tell the place, which is no one person’s', async () => {
  const record = new RecordedTrips(new ApplicationEvents(database), silent, new AuditLog(database));
  const trip = { name: 'pumping-block:+491511234 from 192.0.2.0/24', since: 0, until: 3_600_000, counted: 9, good: 0 };
  const tellTrips = new TellTrips(record);
  await tellTrips.tripped(applicationId, [trip], []);
  await tellTrips.cleared(applicationId, [trip.name]);

  const where = { applicationId, detector: 'pumping-block', place: '+491511234 from 192.0.2.0/24' };
  const times = { since: '1970-01-01T00:00:00.000Z', until: '1970-01-01T01:00:00.000Z' };
  expect(await told()).toEqual([{ ...where, enforced: false, counted: 9, good: 0, ...times }, where]);
});

test('spend.reached tells the share and the cap', async () => {
  const alerts = new PostgresSpendAlerts(database, new ApplicationEvents(database), silent);
  alerts.tell({
    applicationId,
    window: 'day',
    percent: 80,
    used: 8_000_000,
    cap: 10_000_000,
    currency: 'EUR',
    mode: 'enforce',
  });

  const reached = {
    applicationId,
    percent: 80,
    window: 'day',
    used: '8.00',
    cap: '10.00',
    currency: 'EUR',
    mode: 'enforce',
  };
  await eventually(async () => {
    expect(await told()).toEqual([reached]);
  });
});

test('R85 an application hears only of its own traffic', async () => {
  const [ours, theirs] = [new EventBench(database), new EventBench(database)];
  const [here, there] = await Promise.all([ours.endpoint(['fraud.*']), theirs.endpoint(['fraud.*'])]);
  const cleared = { type: 'fraud.cleared', payload: { detector: 'conversion-country', place: 'DE' } } as const;
  await new ApplicationEvents(database).record({ applicationId: ours.applicationId, ...cleared });

  const sql = 'SELECT endpoint_id AS id FROM webhook_messages WHERE endpoint_id = ANY ($1)';
  expect(await database.query(sql, [[here, there]])).toEqual([{ id: here }]);
});
