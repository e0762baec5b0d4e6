import { describe, expect, it } from 'vitest';
import { answers, takes } from '../support/webhook-receiver.js';
import { addEndpoint, messageLeasesPass, messageRows, tellOf, triesComeDue } from '../support/webhook-rows.js';
import { webhookStage } from '../support/webhook-stage.js';

/** In which order endpoints are told, and by whom. */
const stage = webhookStage();
const rows = () => messageRows(stage.database);
const statuses = async () => (await rows()).map(({ status, tries }) => `${status} ${String(tries)}`);
const claim = () => stage.bench.messages.claim(64, []);

describe('an endpoint is told', () => {
  it('I13 events of a verification one after the other, and each at once when the one before it has ended', async () => {
    await addEndpoint(stage.database, stage.receiver);
    const [one, other] = [await tellOf(stage.database, 4), await tellOf(stage.database, 2)];
    expect(await claim()).toHaveLength(2);
    expect(await claim()).toEqual([]);
    await messageLeasesPass(stage.database);
    expect(await stage.bench.tellAll()).toBe(6);
    expect(stage.receiver.sequences()).toEqual(
      new Map([
        [one, [1, 2, 3, 4]],
        [other, [1, 2]],
      ]),
    );
    expect(await statuses()).toEqual(Array.from({ length: 6 }, () => 'delivered 1'));
  });

  it('I13 R84 later events only after an earlier one was taken or given up, after ten tries', async () => {
    await addEndpoint(stage.database, stage.receiver);
    await tellOf(stage.database, 2);
    stage.receiver.behaviour = (response, told) => {
      (told.event.data.sequence === 1 ? answers(500) : takes)(response, told);
    };
    for (let tries = 1; tries < 10; tries += 1) {
      expect(await stage.bench.tellAll()).toBe(1);
      await triesComeDue(stage.database);
    }
    expect(await statuses()).toEqual(['pending 9', 'pending 0']);
    expect(await stage.bench.tellAll()).toBe(2);
    expect(await statuses()).toEqual(['failed 10', 'delivered 1']);
    expect(stage.receiver.told.map(({ event }) => event.data.sequence)).toEqual([
      ...Array.from({ length: 10 }, () => 1),
      2,
    ]);
    expect(new Set(stage.receiver.told.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  });

  it('what is about no verification in any order, and nothing while it is disabled', async () => {
    const { id } = await addEndpoint(stage.database, stage.receiver);
    await stage.database.query(
      `INSERT INTO events (application_id, type, payload) SELECT 'app_1', 'limit.tripped', '{}' FROM generate_series(1, 3)`,
    );
    await stage.database.query(
      `INSERT INTO webhook_messages (endpoint_id, event_id, application_id) SELECT $1, id, 'app_1' FROM events`,
      [id],
    );
    await stage.database.query('UPDATE webhook_endpoints SET enabled = false');
    expect(await claim()).toEqual([]);
    await stage.database.query('UPDATE webhook_endpoints SET enabled = true');
    expect(await claim()).toHaveLength(3);
  });
});

describe('a lease', () => {
  it('that ended lets another process take over, and what the former holder says counts no more', async () => {
    await addEndpoint(stage.database, stage.receiver);
    await tellOf(stage.database, 1);
    const [slow] = await claim();
    await messageLeasesPass(stage.database);
    const [quick] = await claim();
    if (!slow || !quick) throw new Error('nothing was due');
    await stage.bench.messages.settle(slow, { kind: 'failed', status: 500, why: 'answered 500' });
    expect(await statuses()).toEqual(['pending 0']);
    await stage.bench.messages.settle(quick, { kind: 'delivered', status: 204 });
    expect(await statuses()).toEqual(['delivered 1']);
  });

  it('I13 that is nearly over is not spoken under: whoever slept says nothing', async () => {
    await addEndpoint(stage.database, stage.receiver);
    await tellOf(stage.database, 1);
    const [message] = await claim();
    if (!message) throw new Error('nothing was due');
    expect(await stage.bench.tellEndpoint.execute({ ...message, leaseEndsAtMs: Date.now() + 10_000 })).toBeNull();
    expect(stage.receiver.told).toEqual([]);
    expect(await statuses()).toEqual(['pending 0']);
  });
});
