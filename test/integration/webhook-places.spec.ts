import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DueMessage } from '../../src/webhooks/application/due-message.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WebhookBench } from '../support/webhook-bench.js';
import { addEndpoint, forgetWebhooks, messageLeasesPass, tellOf } from '../support/webhook-rows.js';

/** Who has how many of the places in which a process tells endpoints, and who gets the next. Nobody is asked. */
const NOBODY = 'http://127.0.0.1:1/';
let opened: TestDatabase;
let bench: WebhookBench;

beforeAll(async () => {
  opened = await openTestDatabase();
  bench = new WebhookBench(opened.database);
});
afterAll(async () => {
  await bench.close();
  await opened.close();
});
beforeEach(() => forgetWebhooks(opened.database));
const claim = (room = 64, inHand: DueMessage[] = []) => bench.messages.claim(room, inHand);
const eventsInHand = async (count: number, applicationId: string) => {
  for (let n = 0; n < count; n += 1) await tellOf(opened.database, 1, applicationId);
};

describe('places of a process', () => {
  it('are eight for an endpoint, and one when it has failed for a while', async () => {
    const { id } = await addEndpoint(opened.database, { url: NOBODY });
    await eventsInHand(12, 'app_1');
    const first = await claim();
    expect(first).toHaveLength(8);
    expect(await claim(64, first)).toEqual([]);
    expect(await claim(64, first.slice(0, 5))).toHaveLength(3);
    await messageLeasesPass(opened.database);
    const failsFor = (seconds: number) =>
      opened.database.query(
        `UPDATE webhook_endpoints SET failing_since = now() - $2 * interval '1 second' WHERE id = $1`,
        [id, seconds],
      );
    await failsFor(1);
    const still = await claim();
    expect(still).toHaveLength(8);
    await bench.messages.release(still, 0);
    await failsFor(11);
    expect(await claim()).toHaveLength(1);
  });

  it('are sixteen for an application, however many endpoints it has, and everybody’s first comes before anybody’s second', async () => {
    for (let n = 0; n < 4; n += 1) await addEndpoint(opened.database, { url: NOBODY, applicationId: 'greedy' });
    await eventsInHand(8, 'greedy');
    await addEndpoint(opened.database, { url: NOBODY, applicationId: 'modest' });
    await eventsInHand(1, 'modest');
    const few = await claim(5);
    expect(new Set(few.map(({ endpointId }) => endpointId)).size).toBe(5);
    const more = await claim(64, few);
    expect([...few, ...more].filter(({ applicationId }) => applicationId === 'greedy')).toHaveLength(16);
  });
});

describe('who can be told is told soon', () => {
  /** Endpoints of `applications`, ten each at most, with a backlog that is older than what the healthy one is owed. */
  async function backlog({ applications, endpoints, events }: Record<'applications' | 'endpoints' | 'events', number>) {
    for (let n = 0; n < applications * endpoints; n += 1)
      await addEndpoint(opened.database, { url: NOBODY, applicationId: `busy ${String(n % applications)}` });
    await opened.database.query(
      `WITH e AS (
         INSERT INTO events (application_id, type, payload)
         SELECT 'busy', 'spend.reached', '{}' FROM generate_series(1, $1) RETURNING id)
       INSERT INTO webhook_messages (endpoint_id, event_id, application_id, due_at)
       SELECT w.id, e.id, w.application_id, now() - interval '1 hour' FROM e CROSS JOIN webhook_endpoints w`,
      [events],
    );
  }
  const failing = () => opened.database.query(`UPDATE webhook_endpoints SET failing_since = now() - interval '1 hour'`);

  /** One after the other answers, and its place goes to the next. @returns after how many the healthy one had its turn */
  async function placesUntilTold(settles: 'delivered' | 'failed'): Promise<number> {
    const inHand = await claim(64);
    await addEndpoint(opened.database, { url: NOBODY, applicationId: 'healthy' });
    await tellOf(opened.database, 1, 'healthy');
    for (let rounds = 1; rounds <= 100; rounds += 1) {
      inHand.push(...(await claim(64 - inHand.length, inHand)));
      if (inHand.some(({ applicationId }) => applicationId === 'healthy')) return rounds;
      const first = inHand.shift();
      if (!first) return Infinity;
      await bench.messages.settle(first, { kind: settles, status: 200, why: 'answered 500' });
    }
    return Infinity;
  }

  it('beside eight slow endpoints of four applications, all with a backlog', async () => {
    await backlog({ applications: 4, endpoints: 2, events: 120 });
    expect(await placesUntilTold('delivered')).toBe(1);
  });

  it('beside seventy slow endpoints, more than there are places', async () => {
    await backlog({ applications: 7, endpoints: 10, events: 120 });
    expect(await placesUntilTold('delivered')).toBeLessThanOrEqual(100);
  });

  it('beside seventy dead endpoints, which have a quarter of all places', async () => {
    await backlog({ applications: 7, endpoints: 10, events: 3 });
    await failing();
    const dead = await claim();
    expect(dead).toHaveLength(16);
    expect(await claim(48, dead)).toEqual([]);
    await messageLeasesPass(opened.database);
    expect(await placesUntilTold('failed')).toBe(1);
  });

  it('and so is whoever has failed for long, beside as many busy ones as there are places', async () => {
    await addEndpoint(opened.database, { url: NOBODY, applicationId: 'dead' });
    await tellOf(opened.database, 1, 'dead');
    await failing();
    await backlog({ applications: 7, endpoints: 10, events: 20 });
    await opened.database.query(`DELETE FROM webhook_messages WHERE endpoint_id IN
      (SELECT id FROM webhook_endpoints WHERE application_id = 'dead') AND due_at < now() - interval '1 minute'`);
    expect((await claim(1)).map(({ applicationId }) => applicationId)).toEqual(['dead']);
  });

  it('when the oldest that others are owed are all behind earlier ones', async () => {
    for (let n = 0; n < 12; n += 1) await addEndpoint(opened.database, { url: NOBODY, applicationId: 'behind' });
    await tellOf(opened.database, 9, 'behind');
    expect(await claim(12)).toHaveLength(12);
    await addEndpoint(opened.database, { url: NOBODY, applicationId: 'healthy' });
    await tellOf(opened.database, 1, 'healthy');
    await opened.database.query(`UPDATE webhook_messages SET due_at = now() WHERE lease_until IS NULL`);
    expect(await claim(1)).toMatchObject([{ applicationId: 'healthy' }]);
  });
});
