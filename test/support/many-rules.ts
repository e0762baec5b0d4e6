import { RedisCounters } from '../../src/limits/adapters/redis-counters.js';
import type { Take } from '../../src/limits/application/ports.js';
import type { Counter } from '../../src/limits/domain/bucket.js';
import type { Dimension, Rule } from '../../src/limits/domain/rule.js';

const DIMENSIONS: Dimension[] = ['recipient', 'country', 'ip', 'ipPrefix', 'apiKey', 'device', 'custom:plan'];

/** A rule that a test does not describe further. */
export const send = (name: string, more: Partial<Rule> = {}): Rule => ({
  ...{ name, on: 'send', by: ['recipient'], scope: 'application', max: 50, windowSeconds: 3_600, mode: 'enforce' },
  ...more,
});

/** Rules of all sizes, by all kinds of things. */
export const rulesOfAllKinds = (count: number): Rule[] =>
  Array.from({ length: count }, (_, i) =>
    send(`own-${String(i)}`, {
      by: [DIMENSIONS[i % 7] ?? 'ip', ...(i % 3 ? [] : (['subject'] as const))],
      max: i % 2 ? 90 : 9_000,
      windowSeconds: 600 * (1 + (i % 40)),
      mode: i % 5 ? 'enforce' : 'shadow',
    }),
  );

/** A person of whom everything is known that a rule can count by. */
export const somebody = (applicationId: string, recipient = 'r') => ({
  ...{ applicationId, recipient, country: 'DE', ip: '192.0.2.7', apiKey: 'k', device: 'd', subject: 's' },
  custom: { plan: 'p' },
});

/** Says how many keys and buckets each take came with. */
export class CountingCounters extends RedisCounters {
  readonly asked: { keys: number; buckets: number }[] = [];

  override take(tag: string, act: string, counters: Counter[]): Promise<Take> {
    this.asked.push({ keys: counters.length, buckets: counters.flatMap(({ buckets }) => buckets).length });
    return super.take(tag, act, counters);
  }
}
