import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import { RuleBook, type Take } from '../../src/limits/application/ports.js';
import type { Counter } from '../../src/limits/domain/bucket.js';
import { DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import type { Dimension, Rule } from '../../src/limits/domain/rule.js';
import { limiterOf, SetRules } from '../support/limiter-of.js';
import { Limiter } from '../../src/limits/application/limiter.js';
import { openTestRedis, type TestRedis } from '../support/redis.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const raw = createClient({ url: inject('redisUrl') });
let opened: TestRedis;

beforeAll(async () => {
  await raw.connect();
  opened = await openTestRedis();
});
afterAll(() => {
  raw.destroy();
  opened.close();
});

const DIMENSIONS: Dimension[] = ['recipient', 'country', 'ip', 'ipPrefix', 'apiKey', 'device', 'custom:plan'];
const send = (name: string, more: Partial<Rule> = {}): Rule => ({
  ...{ name, on: 'send', by: ['recipient'], scope: 'application', max: 50, windowSeconds: 3_600, mode: 'enforce' },
  ...more,
});
/** Rules of all sizes, by all kinds of things. */
const own = (count: number): Rule[] =>
  Array.from({ length: count }, (_, i) =>
    send(`own-${String(i)}`, {
      by: [DIMENSIONS[i % 7] ?? 'ip', ...(i % 3 ? [] : (['subject'] as const))],
      max: i % 2 ? 90 : 9_000,
      windowSeconds: 600 * (1 + (i % 40)),
      mode: i % 5 ? 'enforce' : 'shadow',
    }),
  );
const somebody = (applicationId: string) => ({
  ...{ applicationId, recipient: 'r', country: 'DE', ip: '192.0.2.7', apiKey: 'k', device: 'd', subject: 's' },
  custom: { plan: 'p' },
});

/** Says how many keys and buckets each take came with. */
class CountingCounters extends RedisCounters {
  readonly asked: { keys: number; buckets: number }[] = [];

  override take(tag: string, act: string, counters: Counter[]): Promise<Take> {
    this.asked.push({ keys: counters.length, buckets: counters.flatMap(({ buckets }) => buckets).length });
    return super.take(tag, act, counters);
  }
}

/** A book of many applications, each with rules of its own. */
class LargeBook extends RuleBook {
  private readonly rules = new Map<string, readonly Rule[]>();
  constructor(applications: number, perApplication: number) {
    super();
    for (let i = 0; i < applications; i++)
      this.rules.set(`app_${String(i)}`, [...DEFAULT_RULES, ...own(perApplication)]);
  }

  rulesOf(applicationId: string): readonly Rule[] {
    return this.rules.get(applicationId) ?? DEFAULT_RULES;
  }
}

test('10,000 rules: an act comes with the buckets of its own application, however many others there are', async () => {
  async function workOf(applications: number) {
    const counters = new CountingCounters(opened.redis, new ShiftedClock());
    const limiter = new Limiter(counters, new LargeBook(applications, 50));
    for (const applicationId of ['app_0', 'app_none']) {
      const person = { ...somebody(applicationId), recipient: crypto.randomUUID() };
      expect(await limiter.take('send', crypto.randomUUID(), person)).toMatchObject({ kind: 'allowed' });
    }
    return counters.asked;
  }

  expect(await workOf(200)).toEqual(await workOf(1));
});

test('200 rules of one application are one script: they hold, they are told, and they are given back', async () => {
  const rules = [...own(199), send('tightest', { max: 3 })];
  const counters = new CountingCounters(opened.redis, new ShiftedClock());
  const limiter = limiterOf(counters, rules);
  const acts = Array.from({ length: 5 }, () => crypto.randomUUID());
  const decisions = [];
  for (const act of acts) decisions.push(await limiter.take('send', act, somebody('app_200')));
  for (const act of acts) await limiter.refund('send', act, somebody('app_200'));
  const after = await limiter.take('send', crypto.randomUUID(), somebody('app_200'));

  expect(decisions.map(({ kind }) => kind)).toEqual(['allowed', 'allowed', 'allowed', 'refused', 'refused']);
  expect(decisions[3]).toMatchObject({ rules: ['tightest'] });
  expect(after.kind).toBe('allowed');
  expect(counters.asked.map(({ buckets }) => buckets)).toEqual(Array(6).fill(200));
});

test('R42 while rules change under traffic no script fails, and no key is left without an end', async () => {
  const clock = new ShiftedClock();
  const book = new SetRules([]);
  const limiter = limiterOf(new RedisCounters(opened.redis, clock), book);
  const person = somebody('app_changing');
  for (let i = 0; i < 60; i++) {
    const max = [2, 40, 150, 5_000][i % 4] ?? 1;
    const windowSeconds = [30, 600, 3_600][i % 3] ?? 1;
    const mode = i % 5 ? 'enforce' : 'shadow';
    book.rules = [send('changing', { max, windowSeconds, mode }), send('other', { max: 300, by: ['ip', 'recipient'] })];
    const acts = Array.from({ length: 5 }, () => crypto.randomUUID());
    await Promise.all(acts.map((act) => limiter.take('send', act, person, { caps: [{ ...cap, mode }] })));
    await limiter.refund('send', acts[0] ?? '', person, { caps: [cap] });
    clock.advance(i * 1_000);
  }
  const ends = await Promise.all((await keysOf('app_changing')).map((key) => raw.pTTL(key)));

  expect(ends.length).toBeGreaterThan(3);
  expect(Math.min(...ends)).toBeGreaterThan(0);
});

test('a Redis that lost everything in mid-run begins all windows anew, and nothing fails', async () => {
  const limiter = limiterOf(new RedisCounters(opened.redis, new ShiftedClock()), [send('three', { max: 3 })]);
  const person = somebody('app_lost');
  const take = () => limiter.take('send', crypto.randomUUID(), person, { caps: [cap] });
  const act = crypto.randomUUID();
  await limiter.take('send', act, person, { caps: [cap] });
  await raw.del(await keysOf('app_lost'));
  await limiter.refund('send', act, person, { caps: [cap] });
  const decisions = [await take(), await take(), await take(), await take()];

  expect(decisions.map(({ kind }) => kind)).toEqual(['allowed', 'allowed', 'allowed', 'refused']);
});

const cap = { name: 'spend', windowSeconds: 86_400, max: 1_000_000_000, weight: 85_000, mode: 'enforce' } as const;

async function keysOf(applicationId: string): Promise<string[]> {
  const found = [];
  for await (const batch of raw.scanIterator({ MATCH: `${opened.redis.prefix}limits:{${applicationId}}:*` }))
    found.push(...batch);
  return found;
}
