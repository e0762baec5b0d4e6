import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresDecisions } from '../../src/limits/adapters/postgres-decisions.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { Decisions } from '../../src/limits/application/ports.js';
import type { SimulationBody } from '../../src/limits/http/simulation.schema.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { RecordedTraffic } from '../support/recorded-traffic.js';
import { StoppedClock } from '../support/stopped-clock.js';
import { insertVerifications } from '../support/verification-rows.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

const X = { name: 'ip-sends-hour', on: 'send', by: ['ip'], rate: '4/1h' };
const Y = { name: 'ip-checks-hour', on: 'check', by: ['ip'], rate: '3/1h' };
const Z = { name: 'factor-failures-hour', on: 'failed-check', by: ['factor'], rate: '1/1h' };

let opened: TestDatabase;
let clock: StoppedClock;
let service: ApplicationsService;
let limiter: Limiter;

beforeAll(async () => {
  opened = await openTestDatabase();
  clock = new StoppedClock();
  service = await startApplications(opened.database, { clock, modules: [LimitsModule] });
  limiter = service.app.get(Limiter);
});
afterAll(async () => {
  await service.close();
  await opened.close();
});

const saveRules = async (tenant: TestTenant, rules: object[]) => {
  for (const body of rules) {
    const { status } = await service.call('POST', '/v1/admin/rules', { key: tenant.key, body });
    expect(status).toBe(201);
  }
};

async function simulate(key: string, body: object): Promise<SimulationBody> {
  await service.app.get<PostgresDecisions>(Decisions).flush();
  const reply = await service.call<SimulationBody>('POST', '/v1/admin/limits/simulate', { key, body });
  expect(reply).toMatchObject({ status: 200 });
  return reply.body;
}

describe('a simulation', () => {
  let enforced: TestTenant;
  let open: TestTenant;
  let reality: RecordedTraffic;
  let without: RecordedTraffic;

  /**
   * The same three hours at two applications: where three rules hold, and where nobody has thought of them yet. No start is refused
   * there, so that everything which happens here has happened there.
   */
  beforeAll(async () => {
    enforced = await service.tenant('enforced');
    open = await service.tenant('open');
    await saveRules(enforced, [X, Y, Z]);
    reality = new RecordedTraffic(limiter, enforced.id, clock);
    without = new RecordedTraffic(limiter, open.id, clock);
    for (let n = 0; n < 600; n += 1) {
      await reality.step(n);
      await without.step(n);
      clock.advance(18_000);
    }
    await insertVerifications(opened.database, without.verifications);
  });

  test('refuses of recorded traffic exactly what the rules refuse where they hold', async () => {
    const { proposed, acts, truncated } = await simulate(open.key, { hours: 4, rules: { add: [X, Y, Z] } });

    const byRule = Object.entries(proposed.byRule).map(([rule, fates]) => [rule, sum(Object.values(fates))]);
    expect(Object.fromEntries(byRule)).toEqual(reality.refusedByRule);
    expect(reality.refusedByRule['ip-sends-hour']).toBeGreaterThan(5);
    expect(reality.refusedByRule['ip-checks-hour']).toBeGreaterThan(2);
    expect(reality.refusedByRule['factor-failures-hour']).toBeGreaterThan(2);
    expect(sum(Object.values(proposed.acts))).toBe(reality.refused);
    // What was done there and did not come about here, since the start was refused.
    expect(acts.replayed - proposed.unreached).toBe(reality.attempts);
    expect([proposed.recipients, truncated]).toEqual([reality.recipientsRefused, false]);
  });

  test('with the rules that hold refuses exactly what was refused', async () => {
    const { current, proposed } = await simulate(enforced.key, { hours: 4, rules: { add: [] } });

    expect(sum(Object.values(current.acts))).toBe(reality.refused);
    expect(proposed).toEqual(current);
  });

  test('splits whom it would have refused by what became of them, and names some who were approved', async () => {
    const { proposed, wronglyRefused } = await simulate(open.key, { hours: 4, rules: { add: [X] } });
    const approved = without.verifications.filter(({ status }) => status === 'approved').map(({ id }) => id);

    expect(proposed.acts.approved).toBeGreaterThan(0);
    expect(proposed.acts.neverApproved).toBeGreaterThan(0);
    expect(wronglyRefused.length).toBeGreaterThan(0);
    for (const id of wronglyRefused) expect(approved).toContain(id);
    // Where the rule holds already, a start that it refused stays refused, and nobody knows what would have become of it.
    const stricter = await simulate(enforced.key, { hours: 4, rules: { change: [{ ...X, rate: '3/1h' }] } });
    expect(stricter.acts.refusedInReality).toBe(reality.refused);
    expect(stricter.proposed.acts.neverTried).toBeGreaterThan(stricter.current.acts.neverTried);
  });

  test('tells about its period only, with windows as full as they were when it began', async () => {
    const whole = await simulate(open.key, { hours: 4, rules: { add: [X] }, on: 'send' });
    const last = await simulate(open.key, { hours: 1, rules: { add: [X] }, on: 'send' });

    expect(last.acts.replayed).toBeLessThan(whole.acts.replayed / 2);
    // The ledger dates what happened, and its clock is not to the millisecond this one.
    const untilThen = reality.timesRefusedBy('ip-sends-hour').filter((atMs) => atMs >= Date.parse(last.from) - 1_000);
    expect(sum(Object.values(last.proposed.byRule['ip-sends-hour'] ?? {}))).toBe(untilThen.length);
  });

  test('changes and removes rules by name', async () => {
    const change = [{ name: 'recipient-hour', on: 'send', by: ['recipient'], rate: '1/1h' }];
    const { current, proposed } = await simulate(open.key, {
      hours: 4,
      rules: { change, remove: ['recipient-cooldown', 'recipient-10-minutes'] },
    });

    expect(sum(Object.values(proposed.byRule['recipient-hour'] ?? {}))).toBeGreaterThan(
      sum(Object.values(current.byRule['recipient-hour'] ?? {})),
    );
    expect(proposed.byRule['recipient-10-minutes']).toBeUndefined();
  });

  test('I10 replays an application’s own acts only; an operator’s, of all or one', async () => {
    const operator = await service.operatorKey();
    const stranger = await service.tenant('stranger');

    expect((await simulate(stranger.key, { hours: 4, rules: { add: [X] } })).acts.replayed).toBe(0);
    const [all, one] = [
      await simulate(operator, { hours: 4, rules: { add: [] } }),
      await simulate(operator, { hours: 4, rules: { add: [] }, applicationId: open.id }),
    ];
    expect(all.acts.replayed).toBe(reality.attempts + without.attempts);
    expect(one.acts.replayed).toBe(without.attempts);
    const pry = { hours: 4, rules: { add: [] }, applicationId: open.id };
    expect((await service.call('POST', '/v1/admin/limits/simulate', { key: stranger.key, body: pry })).status).toBe(
      404,
    );
  });

  test('of starts that send nothing knows which would never have begun, and so neither their guesses nor their messages', async () => {
    const { id: applicationId, key } = await service.tenant('app-only');
    const ada = { applicationId, subject: 'ada' };
    for (const n of [1, 2]) {
      const options = { verificationId: `ver_${String(n)}` };
      await limiter.take('unsent-start', options.verificationId, ada, options);
      await limiter.take('send', `dlv_${String(n)}`, { ...ada, recipient: `r${String(n)}` }, options);
      await limiter.take('check', `gss_${String(n)}`, ada, options);
    }
    clock.advance(1_000);
    const add = [{ name: 'starts-hour', on: 'unsent-start', by: ['subject'], rate: '1/1h' }];
    const { acts, proposed } = await simulate(key, { hours: 1, rules: { add } });
    const neverTried = { approved: 0, neverApproved: 0, neverTried: 1 };
    expect(acts.replayed).toBe(6);
    expect(proposed).toMatchObject({ unreached: 2, byRule: { 'starts-hour': neverTried } });
    const change = [{ name: 'recipient-hour', on: 'send', by: ['application'], rate: '1/1h' }];
    const messages = await simulate(key, { hours: 1, rules: { change } });
    expect(messages.proposed).toMatchObject({ unreached: 0, byRule: { 'recipient-hour': neverTried } });
  });

  test.each([
    ['a rule that no rule may be', { hours: 1, rules: { add: [{ ...X, rate: '0/1h' }] } }],
    ['two rules of one name', { hours: 1, rules: [X, X] }],
    ['a change of what is not there', { hours: 1, rules: { change: [X] } }],
    ['leaving out a rail', { hours: 1, rules: { remove: ['recipient-failures-in-a-row'] } }],
    ['more hours than are kept', { hours: 73, rules: [] }],
    ['no rules', { hours: 1 }],
  ])('refuses %s', async (_what, body) => {
    const reply = await service.call('POST', '/v1/admin/limits/simulate', { key: open.key, body });
    expect(reply.status).toBe(400);
  });

  test('is one at a time; the others are told to come back', async () => {
    const body = { hours: 4, rules: { add: [X] } };
    const ask = () => service.call<SimulationBody>('POST', '/v1/admin/limits/simulate', { key: open.key, body });
    const replies = await Promise.all([ask(), ask()]);

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 503]);
    expect(replies.find(({ status }) => status === 503)?.headers.get('retry-after')).toBe('15');
    expect((await ask()).status).toBe(200);
  });
});

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
