import { afterAll, beforeAll, expect, test } from 'vitest';
import { LiveRuleBook, RULES_TOPIC } from '../../src/limits/adapters/live-rule-book.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import { LimitsModule } from '../../src/limits/limits.module.js';
import { LiveValues } from '../../src/platform/live/live-values.js';
import { Log } from '../../src/platform/log/log.js';
import { limiterOf } from '../support/limiter-of.js';
import { CountingCounters, rulesOfAllKinds, somebody } from '../support/many-rules.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';
import { orderFrom, type RuleBody } from '../support/rules.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { startApplications, type ApplicationsService, type TestTenant } from './applications-app.js';

const OF_EACH = 200;
const OTHERS = Array.from({ length: 49 }, (_, n) => `app_many_${String(n)}`);
/** R79. */
const HOLDS_WITHIN_MS = 5_000;

let ledger: TestDatabase;
let redis: TestRedis;
/** Where rules are changed. It has no Redis, so that nobody is told. */
let service: ApplicationsService;
let shop: TestTenant;
/** Another node, which finds out by itself. */
let values: LiveValues;
let book: LiveRuleBook;

beforeAll(async () => {
  [ledger, redis] = await Promise.all([openTestDatabase(), openTestRedis()]);
  service = await startApplications(ledger.database, { modules: [LimitsModule] });
  shop = await service.tenant('shop');
  await insertRules([shop.id]);
  values = new LiveValues(ledger.database, redis.redis, Log.to('silent'));
  book = new LiveRuleBook(values, ledger.database, Log.to('silent'));
  await book.onModuleInit();
});
afterAll(async () => {
  values.onApplicationShutdown();
  await service.close();
  redis.close();
  await ledger.close();
});

async function insertRules(applicationIds: string[]): Promise<void> {
  const sql = `INSERT INTO limit_rules (id, application_id, name, "on", by, scope, max, window_seconds, mode, saved_by)
    SELECT 'rule_' || owner || '_' || name, owner, name, 'send', by, 'application', max, "windowSeconds", mode, 'application'
    FROM unnest($1::text[]) AS owner,
      jsonb_to_recordset($2::jsonb) AS rule (name text, by text[], max integer, "windowSeconds" integer, mode text)`;
  await ledger.database.transaction(async (query) => {
    await query(sql, [applicationIds, JSON.stringify(rulesOfAllKinds(OF_EACH))]);
    await service.app.get(LiveValues).mark(RULES_TOPIC, query);
  });
  await service.app.get(LiveValues).announce();
}

/** What acts cost the other node: of an application with rules of its own, and of one without. */
async function workOfActs() {
  const counters = new CountingCounters(redis.redis, new ShiftedClock());
  const limiter = new Limiter(counters, book);
  for (const applicationId of [shop.id, 'app_none']) {
    const person = somebody(applicationId, crypto.randomUUID());
    expect(await limiter.take('send', crypto.randomUUID(), person)).toMatchObject({ kind: 'allowed' });
  }
  return counters.asked;
}

/** As an application does it, with its own key. */
async function change(name: string, to: Partial<RuleBody>): Promise<void> {
  const { rules } = (await service.call<{ rules: RuleBody[] }>('GET', '/v1/admin/rules', { key: shop.key })).body;
  const rule = rules.find((other) => other.name === name) as RuleBody;
  const headers = { 'if-match': `"${String(rule.version)}"` };
  const put = { key: shop.key, headers, body: { ...orderFrom(rule), ...to } };
  expect((await service.call('PUT', `/v1/admin/rules/${rule.id}`, put)).status).toBe(200);
}

test('R42 R79 10,000 rules: an act comes with the buckets of its own application, and a change of one holds within 5 s', async () => {
  const alone = await workOfActs();
  await insertRules(OTHERS);
  await expect.poll(() => book.rulesOf(OTHERS[0] ?? '').length, { timeout: HOLDS_WITHIN_MS }).toBeGreaterThan(OF_EACH);
  expect(await workOfActs()).toEqual(alone);

  const limiter = limiterOf(new CountingCounters(redis.redis, new ShiftedClock()), book);
  const [bystander = ''] = OTHERS;
  const served = [];
  await change('own-7', { max: 3 });
  const changedAt = Date.now();
  while (book.rulesOf(shop.id).find(({ name }) => name === 'own-7')?.max !== 3) {
    expect(Date.now() - changedAt).toBeLessThan(HOLDS_WITHIN_MS);
    const act = crypto.randomUUID();
    served.push((await limiter.take('send', act, somebody(bystander, act))).kind);
    await limiter.refund('send', act, somebody(bystander, act));
  }

  expect(new Set(served)).toEqual(new Set(['allowed']));
  const held = [shop.id, ...OTHERS].map((id) => book.rulesOf(id).length);
  expect(held).toEqual(Array(50).fill(DEFAULT_RULES.length + OF_EACH));
  expect(book.rulesOf(bystander).find(({ name }) => name === 'own-7')?.max).toBe(90);
});
