import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WebhookBench } from '../support/webhook-bench.js';
import { answers, takes, WebhookReceiver } from '../support/webhook-receiver.js';
import { addEndpoint, messageLeasesPass, messageRows, tellOf, triesComeDue } from '../support/webhook-rows.js';

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
  for (const table of ['webhook_messages', 'webhook_endpoints', 'events'])
    await opened.database.query(`DELETE FROM ${table}`);
  receiver.told.length = 0;
  receiver.behaviour = takes;
});
const rows = () => messageRows(opened.database);
const statuses = async () => (await rows()).map(({ status, tries }) => `${status} ${String(tries)}`);
const claim = async (room = 64) => (await bench.messages.claim(room, [])).map(({ eventId }) => eventId);

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

  it('I13 later events only after an earlier one was taken or given up, however often it fails', async () => {
    await addEndpoint(opened.database, receiver);
    await tellOf(opened.database, 2);
    receiver.behaviour = answers(500);
    for (let tries = 1; tries < 10; tries += 1) {
      expect(await bench.tellAll()).toBe(1);
      expect((await rows()).map(({ sequence, tries: had }) => [sequence, had])).toEqual([
        [1, tries],
        [2, 0],
      ]);
      await triesComeDue(opened.database);
    }
    receiver.behaviour = (response, { event }) => {
      (event.data.sequence === 1 ? answers(500) : takes)(response, { event } as never);
    };
    expect(await bench.tellAll()).toBe(2);
    expect(await statuses()).toEqual(['failed 10', 'delivered 1']);
    expect(receiver.told.map(({ event }) => event.data.sequence)).toEqual([...Array.from({ length: 10 }, () => 1), 2]);
  });
});
