import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresDecisions } from '../../src/limits/adapters/postgres-decisions.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { Decisions } from '../../src/limits/application/ports.js';
import type { DecisionsBody } from '../../src/limits/http/decision.schema.js';
import type { SimulationBody } from '../../src/limits/http/simulation.schema.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { ScreeningModule } from '../../src/screening/screening.module.js';
import { Clock } from '../../src/shared/clock.js';
import type { StatsBody } from '../../src/stats/stats.schema.js';
import { StatsModule } from '../../src/stats/stats.module.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

const HOUR = 3_600_000;

/** A node whose administrator forgot to set it: nobody knows, the service least of all. */
class WrongClock extends Clock {
  override readonly offsetMs = 0;

  constructor(private readonly wrongMs: number) {
    super();
  }

  override now(): number {
    return Date.now() + this.wrongMs;
  }
}

describe.each([
  ['ahead', 2 * HOUR],
  ['behind', -2 * HOUR],
])('a node whose clock is two hours %s', (_which, wrongMs) => {
  let opened: TestDatabase;
  let service: ApplicationsService;
  let tenant: TestTenant;

  beforeAll(async () => {
    opened = await openTestDatabase();
    const modules = [LimitsModule, ScreeningModule, StatsModule];
    service = await startApplications(opened.database, { clock: new WrongClock(wrongMs), modules });
    tenant = await service.tenant('a');
    await service.app.get(Limiter).take('send', 'dlv_1', { applicationId: tenant.id, recipient: 'r1' });
    await service.app.get<PostgresDecisions>(Decisions).flush();
  });
  afterAll(async () => {
    await service.close();
    await opened.close();
  });

  const call = <Body>(method: string, path: string, body?: object) =>
    service.call<Body>(method, `/v1/admin${path}`, { key: tenant.key, ...(body && { body }) });
  const minutesOff = (text: string | undefined) => Math.abs(Date.parse(text ?? '') - Date.now()) / 60_000;

  test('dates decisions by the ledger', async () => {
    const { body } = await call<DecisionsBody>('GET', '/decisions');
    expect(body.decisions).toHaveLength(1);
    expect(minutesOff(body.decisions[0]?.at)).toBeLessThan(1);
  });

  test('replays the last hour of the ledger', async () => {
    const { body } = await call<SimulationBody>('POST', '/limits/simulate', { hours: 1, rules: { add: [] } });
    expect(body.acts.replayed).toBe(1);
    expect(minutesOff(body.until)).toBeLessThan(1);
  });

  test('tells figures until the ledger’s now', async () => {
    expect(minutesOff((await call<StatsBody>('GET', '/stats')).body.until)).toBeLessThan(1);
  });
});
