import { beforeEach, describe, expect, it } from 'vitest';
import { PostgresPolledAttempts } from '../../src/delivery/adapters/postgres-polled-attempts.js';
import { PollReports } from '../../src/delivery/application/poll-reports.js';
import type { Polling } from '../../src/delivery/application/provider.js';
import { Routes } from '../../src/delivery/application/routes.js';
import type { Report } from '../../src/delivery/domain/outcome.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { deliveryLedger } from '../support/delivery-ledger.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { HandSwitches } from '../support/hand-switches.js';

/** A gateway that says what became of a message when it is asked. */
class AskedProvider extends ScriptedProvider {
  readonly asked: string[] = [];
  says: Pick<Report, 'status' | 'cause'> | null = null;
  override readonly polling: Polling = {
    everySeconds: 10,
    ask: (providerMessageId) => {
      this.asked.push(providerMessageId);
      const named = { providerId: this.id, providerMessageId, detail: this.says?.status ?? '' };
      return Promise.resolve(this.says ? [{ ...named, ...this.says }] : []);
    },
  };
}

const ledger = deliveryLedger();
let sms: AskedProvider;
let bench: DeliveryBench;

beforeEach(() => {
  sms = new AskedProvider('sms-1', 'sms');
  bench = new DeliveryBench(ledger.database, [sms, new ScriptedProvider('calls', 'voice')]);
});

/** A process that asks; another one has the same ledger. */
function poller(): () => Promise<number> {
  const routes = new Routes([sms, new ScriptedProvider('calls', 'voice')], {}, new HandSwitches());
  const polling = new PollReports(routes, new PostgresPolledAttempts(ledger.database), bench.takeReports);
  expect(polling.providers.map(({ id }) => id)).toEqual(['sms-1']);
  return async () => {
    let asked = 0;
    for (const provider of polling.providers) asked += await polling.execute(provider);
    return asked;
  };
}

/** Hands messages over; the vendor calls them m0, m1 … */
async function handOver(count: number): Promise<string[]> {
  const messages = Array.from({ length: count }, () => newId('msg'));
  for (const n of messages.keys()) sms.outcomes.push({ kind: 'accepted', providerMessageId: `m${String(n)}` });
  await Promise.all(messages.map((message_id) => queueDelivery(ledger.database, { message_id })));
  await bench.run();
  return messages;
}
const pass = (seconds: number) =>
  ledger.database.query(
    `UPDATE send_attempts SET ended_at = ended_at - $1 * interval '1 second', polled_at = polled_at - $1 * interval '1 second'`,
    [seconds],
  );
const story = async (messageId = '') =>
  (await bench.history.of(messageId)).map(({ channel, status }) => `${channel} ${status}`);

describe('a provider that reports nothing by itself', () => {
  it('is asked after its time, again after its time, and not once the message has arrived', async () => {
    const [message] = await handOver(1);
    const poll = poller();
    expect(await poll()).toBe(0);
    await pass(10);
    expect([await poll(), await poll()]).toEqual([1, 0]);
    expect(await story(message)).toEqual(['sms sent']);
    await pass(9);
    expect(await poll()).toBe(0);
    await pass(1);
    sms.says = { status: 'delivered' };
    expect(await poll()).toBe(1);
    expect(await story(message)).toEqual(['sms delivered']);
    await pass(100);
    expect(await poll()).toBe(0);
    expect(sms.asked).toEqual(['m0', 'm0']);
  });

  it('decides the fallback like any report, once', async () => {
    const [message] = await handOver(1);
    sms.says = { status: 'failed', cause: 'landline' };
    await pass(10);
    await poller()();
    await bench.run();
    expect(await story(message)).toEqual(['sms failed', 'voice sent']);
  });

  it('is asked about each message by one process, in batches', async () => {
    await handOver(20);
    await pass(10);
    const processes = [poller(), poller(), poller()];
    const asked = await Promise.all(processes.map((poll) => poll()));
    expect(Math.max(...asked)).toBe(8);
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(new Set(sms.asked).size).toBe(20);
    // Whoever comes next, or comes back after a restart, finds when each was asked about.
    expect(await poller()()).toBe(0);
  });

  it('is not asked about what it never took, what it gave no id, or what waits no more', async () => {
    sms.outcomes.push({ kind: 'ambiguous', detail: 'timeout' }, { kind: 'accepted' });
    await queueDelivery(ledger.database, { message_id: newId('msg') });
    await queueDelivery(ledger.database, { message_id: newId('msg') });
    await bench.run();
    await handOver(1);
    await pass(10);
    expect(await poller()()).toBe(1);
    expect(sms.asked).toEqual(['m0']);
    await pass(10);
    await ledger.database.query(`UPDATE deliveries SET due_at = now() - interval '1 second' WHERE status = 'sent'`);
    expect(await poller()()).toBe(0);
  });
});
