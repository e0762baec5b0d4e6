import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatsBody } from '../../src/stats/stats.schema.js';
import { StatsModule } from '../../src/stats/stats.module.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { insertVerifications } from '../support/verification-rows.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

const HOUR = 3_600_000;
/** In the middle of an hour, so that no bucket's edge is near. */
const noon = new Date(Math.floor((Date.now() - 20 * HOUR) / HOUR) * HOUR + HOUR / 2);
const hour = (n: number) => new Date(noon.getTime() + n * HOUR);
const bucket = (n: number) => new Date(hour(n).getTime() - HOUR / 2).toISOString();

let opened: TestDatabase;
let service: ApplicationsService;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  opened = await openTestDatabase();
  service = await startApplications(opened.database, { modules: [StatsModule] });
  [tenant, other] = [await service.tenant('a'), await service.tenant('b')];
  const of = (applicationId: string, n: number, status: 'approved' | 'expired', country: string, at: Date) => ({
    ...{ id: `ver_${applicationId}_${String(n)}`, applicationId, status, country, at },
  });
  await insertVerifications(opened.database, [
    of(tenant.id, 1, 'approved', 'DE', hour(0)),
    of(tenant.id, 2, 'approved', 'DE', hour(0)),
    of(tenant.id, 3, 'expired', 'FR', hour(0)),
    of(tenant.id, 4, 'expired', 'FR', hour(2)),
    of(other.id, 1, 'expired', 'US', hour(0)),
  ]);
  await insertDeliveries([
    ...[[1, 'sms', 'delivered', 'start'] as const, [2, 'sms', 'unconfirmed', 'start'] as const],
    ...[[3, 'sms', 'failed', 'start'] as const, [3, 'voice', 'delivered', 'fallback'] as const],
  ]);
  await insertDecisions([
    { at: hour(0), refused_by: ['ip-hour', 'recipient-hour'], outcome: 'refused' },
    { at: hour(0), refused_by: ['ip-hour'], outcome: 'not-recorded', times: 40 },
    { at: hour(2), shadowed_by: ['new-rule'], outcome: 'admitted' },
    { at: new Date(Date.now() - 80 * HOUR), refused_by: ['ip-hour'], outcome: 'refused' },
  ]);
});
afterAll(async () => {
  await service.close();
  await opened.close();
});

async function insertDeliveries(rows: (readonly [number, string, string, string])[]): Promise<void> {
  const sql = `INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, status,
      report_timeout_seconds, expires_at, created_at, sent_at)
    VALUES ($1, $2, $3, $4, $5, $6, '', 'DE', $7, 60, $8, $8, $8)`;
  for (const [n, channel, status, origin] of rows) {
    const step = origin === 'fallback' ? 1 : 0;
    const ids = [`dlv_${String(n)}_${String(step)}`, `ver_${tenant.id}_${String(n)}`, tenant.id];
    await opened.database.query(sql, [...ids, step, channel, origin, status, hour(0)]);
  }
}

async function insertDecisions(rows: object[]): Promise<void> {
  const sql = `INSERT INTO decisions (at, application_id, limit_on, outcome, times, refused_by, shadowed_by, channel, country)
    SELECT at, $2, 'send', outcome, coalesce(times, 1), refused_by, shadowed_by, 'sms', 'DE'
    FROM jsonb_to_recordset($1::jsonb) AS r (at timestamptz, outcome text, times int, refused_by text[], shadowed_by text[])`;
  await opened.database.query(sql, [JSON.stringify(rows), tenant.id]);
}

const read = (query: string, key = tenant.key) => service.call<StatsBody>('GET', `/v1/admin/stats${query}`, { key });

describe('the figures', () => {
  test('tell by hour what was started, approved, sent, delivered and refused, and by which rule', async () => {
    const { body } = await read('');

    expect(body).toMatchObject({ bucket: 'hour', groupBy: null });
    expect(body.rows).toEqual([
      {
        ...{
          at: bucket(0),
          started: 3,
          approved: 2,
          conversion: 0.667,
          sent: 4,
          delivered: 2,
          failed: 1,
          unconfirmed: 1,
        },
        ...{ fallbacks: 1, refusedBy: { 'ip-hour': 41, 'recipient-hour': 1 }, shadowedBy: {} },
      },
      {
        ...{ at: bucket(2), started: 1, approved: 0, conversion: 0, sent: 0, delivered: 0, failed: 0, unconfirmed: 0 },
        ...{ fallbacks: 0, refusedBy: {}, shadowedBy: { 'new-rule': 1 } },
      },
    ]);
  });

  test('by country and by channel', async () => {
    const of = async (groupBy: 'country' | 'channel') =>
      (await read(`?groupBy=${groupBy}`)).body.rows.map((row) => [row[groupBy], row.started, row.sent]);

    expect(await of('country')).toEqual([
      ['DE', 2, 4],
      ['FR', 1, 0],
      ['DE', 0, 0],
      ['FR', 1, 0],
    ]);
    expect(await of('channel')).toEqual([
      ['sms', 3, 3],
      ['voice', 0, 1],
      ['sms', 1, 0],
    ]);
  });

  test('I10 are an application’s own; an operator’s of all or one', async () => {
    const operator = await service.operatorKey();
    const started = async (query: string, key: string) => {
      const { body } = await read(query, key);
      return body.rows.reduce((sum, row) => sum + row.started, 0);
    };

    expect(await started('', other.key)).toBe(1);
    expect(await started('', operator)).toBe(5);
    expect(await started(`?applicationId=${other.id}`, operator)).toBe(1);
    expect((await read(`?applicationId=${other.id}`)).status).toBe(404);
    const reader = await service.tenant('c', ['verify', 'read']);
    expect((await read('', reader.key)).status).toBe(403);
  });

  test.each([
    ['?bucket=minute&from=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z'],
    ['?bucket=hour&groupBy=country&from=2026-01-01T00:00:00Z&until=2026-01-20T00:00:00Z'],
    ['?bucket=day&from=2026-01-01T00:00:00Z&until=2026-02-02T00:00:00Z'],
    ['?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z'],
    ['?bucket=second'],
    ['?groupBy=recipient'],
    ['?from=yesterday'],
  ])('refuses %s', async (query) => {
    expect((await read(query)).status).toBe(400);
  });
});
