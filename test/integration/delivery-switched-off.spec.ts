import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

/** What becomes of messages whose provider an operator has switched off. */
let opened: TestDatabase;
let database: Database;
let first: ScriptedProvider;
let second: ScriptedProvider;
let voice: ScriptedProvider;
let bench: DeliveryBench;
let message_id: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
});
afterAll(() => opened.close());
beforeEach(() => {
  first = new ScriptedProvider('first', 'sms');
  second = new ScriptedProvider('second', 'sms');
  voice = new ScriptedProvider('calls', 'voice');
  bench = new DeliveryBench(database, [first, second, voice]);
  message_id = newId('msg');
});

async function story() {
  const deliveries = await bench.history.of(message_id);
  return deliveries.map(({ channel, status, reason, note, attempts }) => ({
    ...{ channel, status, reason, note },
    attempts: attempts.map(({ providerId, status: outcome, detail }) =>
      [providerId, outcome, detail].filter(Boolean).join(' '),
    ),
  }));
}

describe('a delivery that waits', () => {
  it('goes to the next provider of its channel, and tells over whom it did not go', async () => {
    bench.switches.off.add('first');
    await queueDelivery(database, { message_id });
    await bench.run();
    expect(await story()).toEqual([expect.objectContaining({ status: 'sent', attempts: ['second accepted'] })]);
    expect((await story())[0]?.note).toBe('not over first: provider switched off by operator');
    expect(first.requests).toEqual([]);
  });

  it('goes over the next channel when all of its own are off, and tells why', async () => {
    bench.switches.off.add('first').add('second');
    await queueDelivery(database, { message_id });
    await bench.run();
    expect(await story()).toEqual([
      {
        channel: 'sms',
        status: 'canceled',
        reason: 'asked for',
        note: 'provider switched off by operator',
        attempts: [],
      },
      {
        ...{ channel: 'voice', status: 'sent', note: null, attempts: ['calls accepted'] },
        reason: 'sms was not sent: provider switched off by operator',
      },
    ]);
  });

  it('is not kept waiting by the pause it had at a provider that is off now', async () => {
    const due_at = new Date(Date.now() + 20_000);
    await queueDelivery(database, { message_id, due_at });
    const other = newId('msg');
    await queueDelivery(database, { message_id: other, due_at, channel: 'email', country: null });
    await bench.run();
    expect(first.requests).toEqual([]);
    await bench.due.hurry('sms');
    await bench.run();
    expect(await story()).toEqual([expect.objectContaining({ status: 'sent' })]);
    expect(await bench.history.of(other)).toEqual([expect.objectContaining({ status: 'queued' })]);
  });

  it('says nothing about a provider that would have come later', async () => {
    bench.switches.off.add('second');
    await queueDelivery(database, { message_id });
    await bench.run();
    expect(await story()).toEqual([expect.objectContaining({ attempts: ['first accepted'], note: null })]);
  });
});

describe('a delivery on its way', () => {
  it('is not handed over when the provider was switched off while its text was made', async () => {
    const claim = bench.messages.claim.bind(bench.messages);
    bench.messages.claim = (delivery) => {
      bench.switches.off.add('first');
      return claim(delivery);
    };
    const id = await queueDelivery(database, { message_id });
    await bench.run();
    expect(first.requests).toEqual([]);
    expect((await story())[0]?.attempts).toEqual([
      'first withdrawn provider switched off by operator',
      'second accepted',
    ]);
    // What the unsent text carried is worth nothing.
    expect(bench.messages.withdrawn).toEqual([id]);
  });

  it('that was handed over stays there, and its report is taken', async () => {
    await queueDelivery(database, { message_id });
    await bench.run();
    bench.switches.off.add('first').add('second').add('calls');
    const [request] = first.requests;
    await bench.report('first', request?.attemptId ?? '', { status: 'delivered' });
    await bench.run();
    expect(await story()).toEqual([expect.objectContaining({ status: 'delivered', attempts: ['first accepted'] })]);
  });
});
