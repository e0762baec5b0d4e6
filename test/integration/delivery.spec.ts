import { beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/delivery/domain/after-refusal.js';
import { unavailable } from '../../src/shared/refusals.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { deliveryLedger } from '../support/delivery-ledger.js';
import { makeDue, newId, passLease, queueDelivery } from '../support/deliveries.js';

const throttled: Refusal = { kind: 'refused', failure: 'throttled', cause: 'provider', detail: '503' };
const rejected: Refusal = { kind: 'refused', failure: 'rejected', cause: 'landline', detail: '30006' };

const ledger = deliveryLedger();
let sms: ScriptedProvider;
let backup: ScriptedProvider;
let voice: ScriptedProvider;
let email: ScriptedProvider;
let bench: DeliveryBench;
let message_id: string;

beforeEach(() => {
  sms = new ScriptedProvider('sms-1', 'sms');
  backup = new ScriptedProvider('sms-2', 'sms');
  voice = new ScriptedProvider('calls', 'voice');
  email = new ScriptedProvider('mail', 'email');
  bench = new DeliveryBench(ledger.database, [sms, voice, email]);
  message_id = newId('msg');
});

/** The message's deliveries as `sms failed (landline)`. */
async function story(): Promise<string[]> {
  const deliveries = await bench.history.of(message_id);
  return deliveries.map(({ channel, status, cause }) => `${channel} ${status}${cause ? ` (${cause})` : ''}`);
}
const attempts = async () => {
  const deliveries = await bench.history.of(message_id);
  return deliveries.flatMap(({ attempts: made }) => made.map(({ providerId, status }) => `${providerId} ${status}`));
};

describe('dispatch', () => {
  it('hands a due delivery to its provider once and waits for the report', async () => {
    const id = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await story()).toEqual(['sms sent']);
    expect(sms.requests).toHaveLength(1);
    expect(sms.requests[0]).toMatchObject({
      ...{ messageId: message_id, channel: 'sms', to: '+4915112345678', text: `Text 1 of ${id}`, validForSeconds: 290 },
      reportUrl: `https://einmal.example/v1/reports/sms-1/${sms.requests[0]?.attemptId ?? ''}/mac`,
    });
  });

  it('asks the next provider of the route at once after a transient refusal', async () => {
    bench = new DeliveryBench(ledger.database, [sms, backup, voice, email]);
    sms.outcomes.push(throttled);
    const id = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 throttled', 'sms-2 accepted']);
    expect(bench.messages.withdrawn).toEqual([id]);
    // A fresh text for every attempt: the refused one's is worth nothing any more.
    expect(backup.requests[0]?.text).toBe(`Text 2 of ${id}`);
  });

  it('asks the only provider once more after a second, then goes to the next channel', async () => {
    sms.outcomes.push(throttled, throttled);
    const id = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 throttled']);
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 throttled', 'sms-1 throttled', 'calls accepted']);
    expect(await story()).toEqual(['sms failed (provider)', 'voice sent']);
  });

  it('goes to the next channel at once after a rejection', async () => {
    sms.outcomes.push(rejected);
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await story()).toEqual(['sms failed (landline)', 'voice sent']);
    expect((await bench.history.of(message_id))[1]?.reason).toBe('sms failed: landline');
  });

  it('tells that nothing was sent where no provider took it, once its attempts are over; not where the number is to blame', async () => {
    sms.outcomes.push(throttled, throttled);
    const refused = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(bench.messages.unsent).toEqual([]);
    await makeDue(ledger.database, refused);
    await bench.run();
    sms.outcomes.push(rejected);
    await queueDelivery(ledger.database, { message_id: newId('msg') });
    await bench.run();
    expect(bench.messages.unsent).toEqual([refused]);
  });

  it('tells that nothing was sent where there is no provider, or no time left', async () => {
    bench = new DeliveryBench(ledger.database, [voice], { sms: [] });
    const unroutable = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(bench.messages.unsent).toEqual([unroutable]);
  });

  it('takes the route of the country, and the next channel where there is none', async () => {
    bench = new DeliveryBench(ledger.database, [sms, backup, voice, email], { sms: [], 'sms/AT': ['sms-2'] });
    await queueDelivery(ledger.database, { message_id, country: 'AT' });
    await bench.run();
    expect(await attempts()).toEqual(['sms-2 accepted']);
    message_id = newId('msg');
    await queueDelivery(ledger.database, { message_id, country: 'DE' });
    await bench.run();
    expect(await story()).toEqual(['sms canceled', 'voice sent']);
    expect((await bench.history.of(message_id))[1]?.reason).toBe('sms was not sent: no provider for sms to DE');
  });

  it('R33 sends nothing that is not wanted any more', async () => {
    bench.messages.stop = { kind: 'stop', then: 'over', reason: 'the verification is approved' };
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await story()).toEqual(['sms canceled']);
    expect(await attempts()).toEqual(['sms-1 withdrawn']);
    expect(sms.requests).toHaveLength(0);
  });

  it('R35 a step that limits do not allow is recorded, and the next channel is tried', async () => {
    bench.messages.stop = { kind: 'stop', then: 'skip', reason: 'limited: recipient-hour' };
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await story()).toEqual(['sms canceled', 'voice canceled', 'email canceled']);
    const [first, second, third] = await bench.history.of(message_id);
    expect(first?.note).toBe('limited: recipient-hour');
    expect(second?.reason).toBe('sms was not sent: limited: recipient-hour');
    expect(third?.note).toBe('limited: recipient-hour; no other channel is left');
  });

  it('does not send what has expired in the queue', async () => {
    await queueDelivery(ledger.database, { message_id, expires_at: new Date(Date.now() - 1) });
    await bench.run();
    expect(await story()).toEqual(['sms canceled']);
    expect(bench.messages.claimed).toEqual([]);
  });
});

describe('faults', () => {
  it('R94 waits while the message can not be made, and sends it once afterwards', async () => {
    bench.messages.outage = unavailable('Redis is away.');
    const id = await queueDelivery(ledger.database, { message_id });
    await expect(bench.run()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await story()).toEqual(['sms queued']);
    expect(sms.requests).toHaveLength(0);
    bench.messages.outage = null;
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 withdrawn', 'sms-1 accepted']);
  });

  it('R30 I6 counts as sent what a dead worker was handing over, and never sends it again', async () => {
    const id = await queueDelivery(ledger.database, { message_id });
    const [dying] = await bench.due.claim(1);
    if (dying) await bench.due.begin(dying, { id: newId('att'), providerId: 'sms-1' });
    await passLease(ledger.database, id);
    await bench.run();
    expect(await story()).toEqual(['sms sent']);
    expect(await attempts()).toEqual(['sms-1 ambiguous']);
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await story()).toEqual(['sms unconfirmed', 'voice sent']);
    expect(sms.requests).toHaveLength(0);
    expect((await bench.history.of(message_id))[1]?.reason).toBe('no report on sms within 60 s');
  });

  it('R30 waits for the report when it is not known whether the provider has the message', async () => {
    sms.outcomes.push({ kind: 'ambiguous', detail: 'timeout' });
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await story()).toEqual(['sms sent']);
    expect(await attempts()).toEqual(['sms-1 ambiguous']);
  });

  it('R30 does not send again when an adapter breaks while it sends', async () => {
    sms.meanwhile = () => Promise.reject(new TypeError('a bug'));
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 ambiguous']);
    expect(sms.requests).toHaveLength(1);
  });

  it('I6 sends once when what the provider said could not be recorded', async () => {
    const id = await queueDelivery(ledger.database, { message_id });
    bench.due.settle = () => Promise.reject(unavailable('Postgres is away.'));
    await expect(bench.run()).rejects.toMatchObject({ code: 'unavailable' });
    const healthy = new DeliveryBench(ledger.database, [sms, voice, email]);
    await passLease(ledger.database, id);
    await healthy.run();
    expect(await attempts()).toEqual(['sms-1 ambiguous']);
    expect(sms.requests).toHaveLength(1);
  });

  it('I6 sends nothing when the process was stopped for longer than its lease', async () => {
    const id = await queueDelivery(ledger.database, { message_id });
    const claim = bench.messages.claim.bind(bench.messages);
    bench.messages.claim = (delivery) => {
      bench.clock.advance(10_000);
      bench.messages.claim = claim;
      return claim(delivery);
    };
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 withdrawn']);
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await attempts()).toEqual(['sms-1 withdrawn', 'sms-1 accepted']);
    expect(sms.requests).toHaveLength(1);
  });
});

describe('the report timeout', () => {
  it('takes the next step once, and none after the last channel', async () => {
    await queueDelivery(ledger.database, { message_id });
    for (let round = 0; round < 5; round += 1) {
      await bench.run();
      await ledger.database.query(`UPDATE deliveries SET due_at = now() WHERE message_id = $1 AND status = 'sent'`, [
        message_id,
      ]);
    }
    expect(await story()).toEqual(['sms unconfirmed', 'voice unconfirmed', 'email unconfirmed']);
    expect((await bench.history.of(message_id))[2]?.note).toBe('channel switched 2 times already');
  });

  it('takes no step when the message is over', async () => {
    const id = await queueDelivery(ledger.database, { message_id });
    await bench.run();
    bench.messages.over = true;
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await story()).toEqual(['sms unconfirmed']);
  });
});
