import { beforeEach, describe, expect, test } from 'vitest';
import { unavailable } from '../../shared/refusals.js';
import { Log } from '../log/log.js';
import type { Database } from '../postgres/database.js';
import { LiveValues } from './live-values.js';

/** What is asked of Postgres, which can be taken away: which version each topic has, and the values. */
class Ledger {
  away = false;
  readings = 0;
  readonly topics = { limits: { version: 1, value: 10 }, prices: { version: 1, value: 5 } };

  query(): Promise<unknown[]> {
    if (this.away) return Promise.reject(unavailable('Postgres is away.'));
    const rows = Object.entries(this.topics).map(([topic, { version }]) => ({ topic, version: String(version) }));
    return Promise.resolve(rows);
  }

  async read(topic: keyof Ledger['topics']): Promise<number> {
    await this.query();
    this.readings += 1;
    const { value } = this.topics[topic];
    if (value < 1) throw new Error('nothing below 1 is sound');
    return value;
  }
}

let ledger: Ledger;
let live: LiveValues;
const keep = (topic: keyof Ledger['topics']) => live.keep(topic, () => ledger.read(topic));

beforeEach(() => {
  ledger = new Ledger();
  live = new LiveValues(ledger as unknown as Database, null, Log.to('silent'));
});

async function save(topic: keyof Ledger['topics'], value: number): Promise<void> {
  const { version } = ledger.topics[topic];
  Object.assign(ledger.topics[topic], { version: version + 1, value });
  await live.announce();
}

describe('what operators change while the service runs', () => {
  test('holds when it was announced, and only what changed is read again', async () => {
    const [limits, prices] = [await keep('limits'), await keep('prices')];
    await save('limits', 20);

    expect([limits.now, prices.now, ledger.readings]).toEqual([20, 5, 3]);
  });

  test('R51 I18 stays as it was while Postgres is away, and is read when it is back', async () => {
    const limits = await keep('limits');
    ledger.away = true;
    await save('limits', 20);
    expect(limits.now).toBe(10);

    ledger.away = false;
    await live.announce();
    expect(limits.now).toBe(20);
  });

  test('R51 stays as it was where the next is not sound, which keeps nothing else from being read', async () => {
    const [limits, prices] = [await keep('limits'), await keep('prices')];
    await save('limits', 0);
    await save('prices', 6);
    expect([limits.now, prices.now]).toEqual([10, 6]);

    await save('limits', 30);
    expect(limits.now).toBe(30);
  });

  test('R51 a process that can not read it at all does not begin to serve', async () => {
    ledger.topics.limits.value = 0;
    await expect(keep('limits')).rejects.toThrow('nothing below 1 is sound');
    ledger.away = true;
    await expect(keep('prices')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
