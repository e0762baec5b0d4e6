import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WebhookBench } from '../support/webhook-bench.js';
import { answers, takes, WebhookReceiver } from '../support/webhook-receiver.js';
import {
  addEndpoint,
  forgetWebhooks,
  messageLeasesPass,
  messageRows,
  tellOf,
  triesComeDue,
} from '../support/webhook-rows.js';

/** In which order endpoints are told, and by whom. */
let opened: TestDatabase;
let receiver: WebhookReceiver;
let bench: WebhookBench;

beforeAll(async () => {
  opened = await openTestDatabase();
  receiver = await WebhookReceiver.start();
  bench = new WebhookBench(opened.database);
});
afterAll(async () => {
  await bench.close();
  await receiver.stop();
  await opened.close();
});
beforeEach(async () => {
  await forgetWebhooks(opened.database);
  receiver.told.length = 0;
  receiver.behaviour = takes;
});
const rows = () => messageRows(opened.database);
const statuses = async () => (await rows()).map(({ status, tries }) => `${status} ${String(tries)}`);
const claim = () => bench.messages.claim(64, []);

describe('an endpoint is told', () => {
  it('I13 events of a verification one after the other, and each at once when the one before it has ended', async () => {
    await addEndpoint(opened.database, receiver);
    const [one, other] = [await tellOf(opened.database, 4), await tellOf(opened.database, 2)];
    expect(await claim()).toHaveLength(2);
    expect(await claim()).toEqual([]);
    await messageLeasesPass(opened.database);
    expect(await bench.tellAll()).toBe(6);
    expect(receiver.sequences()).toEqual(
      new Map([
        [one, [1, 2, 3, 4]],
        [other, [1, 2]],
      ]),
    );
    expect(await statuses()).toEqual(Array.from({ length: 6 }, () => 'delivered 1'));
  });

  it('I13 R84 later events only after an earlier one was taken or given up, after ten tries', async () => {
    await addEndpoint(opened.database, receiver);
    await tellOf(opened.database, 2);
    receiver.behaviour = (response, told) => {
      (told.event.data.sequence === 1 ? answers(500) : takes)(response, told);
    };
    for (let tries = 1; tries < 10; tries += 1) {
      expect(await bench.tellAll()).toBe(1);
      await triesComeDue(opened.database);
    }
    expect(await statuses()).toEqual(['pending 9', 'pending 0']);
    expect(await bench.tellAll()).toBe(2);
    expect(await statuses()).toEqual(['failed 10', 'delivered 1']);
    expect(receiver.told.map(({ event }) => event.data.sequence)).toEqual([...Array.from({ length: 10 }, () => 1), 2]);
    expect(new Set(receiver.told.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  });

  it('what is about no verification in any order, and nothing while it is disabled', async () => {
    const { id } = await addEndpoint(opened.database, receiver);
    await opened.database.query(
      `INSERT INTO events (application_id, type, payload) SELECT 'app_1', 'limit.tripped', '{}' FROM generate_series(1, 3)`,
    );
    await opened.database.query(
      `INSERT INTO webhook_messages (endpoint_id, event_id, application_id) SELECT $1, id, 'app_1' FROM events`,
      [id],
    );
    await opened.database.query('UPDATE webhook_endpoints SET enabled = false');
    expect(await claim()).toEqual([]);
    await opened.database.query('UPDATE webhook_endpoints SET enabled = true');
    expect(await claim()).toHaveLength(3);
  });
});

describe('a lease', () => {
  it('that ended lets another process take over, and what the former holder says counts no more', async () => {
    await addEndpoint(opened.database, receiver);
    await tellOf(opened.database, 1);
    const [slow] = await claim();
    await messageLeasesPass(opened.database);
    const [quick] = await claim();
    if (!slow || !quick) throw new Error('nothing was due');
    await bench.messages.settle(slow, { kind: 'failed', status: 500, why: 'answered 500' });
    expect(await statuses()).toEqual(['pending 0']);
    await bench.messages.settle(quick, { kind: 'delivered', status: 204 });
    expect(await statuses()).toEqual(['delivered 1']);
  });

  it('I13 that is nearly over is not spoken under: whoever slept says nothing', async () => {
    await addEndpoint(opened.database, receiver);
    await tellOf(opened.database, 1);
    const [message] = await claim();
    if (!message) throw new Error('nothing was due');
    expect(await bench.tellEndpoint.execute({ ...message, leaseEndsAtMs: Date.now() + 10_000 })).toBeNull();
    expect(receiver.told).toEqual([]);
    expect(await statuses()).toEqual(['pending 0']);
  });
});
