import { beforeEach, describe, expect, it } from 'vitest';
import type { SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { deliveryLedger } from '../support/delivery-ledger.js';
import { makeDue, newId, queueDelivery } from '../support/deliveries.js';

const throttled = { kind: 'refused', failure: 'throttled', cause: 'provider', detail: '503' } as const;

const ledger = deliveryLedger();
let sms: ScriptedProvider;
let bench: DeliveryBench;
let message_id: string;
let id: string;

beforeEach(async () => {
  sms = new ScriptedProvider('sms-1', 'sms');
  bench = benchOn(ledger.database);
  message_id = newId('msg');
  id = await queueDelivery(ledger.database, { message_id });
});

const benchOn = (on: Database) =>
  new DeliveryBench(on, [sms, new ScriptedProvider('calls', 'voice'), new ScriptedProvider('mail', 'email')]);
const attemptId = (number = 0) => sms.requests[number]?.attemptId ?? '';
const story = async () => (await bench.history.of(message_id)).map(({ channel, status }) => `${channel} ${status}`);
const effects = async () => {
  const [first] = await bench.history.of(message_id);
  return first?.attempts.flatMap(({ reports }) => reports.map(({ effect }) => effect));
};

describe('reports', () => {
  it('end a delivery, and a failed one starts the next channel', async () => {
    await bench.run();
    await bench.report('sms-1', attemptId(), { status: 'underway', detail: 'ACK' });
    await bench.report('sms-1', attemptId(), { status: 'failed', cause: 'unreachable', detail: 'UNDELIV err:027' });
    expect(bench.nudge.count).toBe(1);
    await bench.run();
    expect(await story()).toEqual(['sms failed', 'email sent']);
    expect((await bench.history.of(message_id))[1]?.reason).toBe('sms failed: unreachable');
    expect(await effects()).toEqual(['none: underway', 'failed']);
  });

  it('R32 repeated a hundred times at once change the delivery once', async () => {
    await bench.run();
    const once = () => bench.report('sms-1', attemptId(), { status: 'failed', cause: 'landline' });
    await Promise.all(Array.from({ length: 100 }, once));
    await bench.run();
    expect(await story()).toEqual(['sms failed', 'voice sent']);
    expect(await effects()).toEqual(['failed']);
  });

  it('may come before the submit has been recorded', async () => {
    sms.meanwhile = ({ attemptId: early }: SubmitRequest) => bench.report('sms-1', early, { status: 'delivered' });
    await bench.run();
    expect(await story()).toEqual(['sms delivered']);
    expect((await bench.history.of(message_id))[0]?.attempts[0]?.status).toBe('accepted');
  });

  it('may come before the submit has been recorded, under the provider’s own id only', async () => {
    sms.outcomes.push({ kind: 'accepted', providerMessageId: `sm-${id}` });
    sms.meanwhile = () =>
      bench.reportByMessage('sms-1', { providerMessageId: `sm-${id}`, status: 'failed', cause: 'landline' });
    await bench.run();
    expect(await story()).toEqual(['sms failed', 'voice sent']);
  });

  it('may come at the very moment at which the submit is recorded, when neither side sees the other yet', async () => {
    const keep = bench.reports.keep.bind(bench.reports);
    sms.outcomes.push({ kind: 'accepted', providerMessageId: `sm-${id}` });
    bench.reports.waitingFor = () => Promise.resolve([]);
    bench.reports.keep = async (report) => {
      const kept = await keep(report);
      await bench.run();
      return kept;
    };
    await bench.reportByMessage('sms-1', { providerMessageId: `sm-${id}`, status: 'delivered' });
    expect(await story()).toEqual(['sms delivered']);
  });

  it('of an earlier attempt: delivered counts, failed does not', async () => {
    sms.outcomes.push(throttled);
    await bench.run();
    await makeDue(ledger.database, id);
    await bench.run();
    await bench.report('sms-1', attemptId(0), { status: 'failed', cause: 'expired' });
    expect(await story()).toEqual(['sms sent']);
    await bench.report('sms-1', attemptId(0), { status: 'delivered' });
    expect(await story()).toEqual(['sms delivered']);
  });

  it('R32 delivered, then failed: nothing more is sent', async () => {
    await bench.run();
    await bench.report('sms-1', attemptId(), { status: 'delivered' });
    await bench.report('sms-1', attemptId(), { status: 'failed', cause: 'expired' });
    await bench.run();
    expect(await story()).toEqual(['sms delivered']);
    expect(await effects()).toEqual(['delivered', 'none: final']);
  });

  it('delivered late cancels an automatic step that is still queued', async () => {
    await bench.run();
    await bench.report('sms-1', attemptId(), { status: 'failed', cause: 'other' });
    const [failed] = await bench.due.claim(1);
    if (failed) await bench.handleDue.execute(failed);
    expect(await story()).toEqual(['sms failed', 'voice queued']);
    await bench.report('sms-1', attemptId(), { status: 'delivered' });
    await bench.run();
    expect(await story()).toEqual(['sms failed', 'voice canceled']);
    const [first, second] = await bench.history.of(message_id);
    expect(first?.deliveredLateAt).not.toBeNull();
    expect(second?.note).toBe('an earlier message arrived meanwhile');
  });

  it('delivered late leaves alone what the person asked for', async () => {
    await bench.run();
    await ledger.database.query(`UPDATE deliveries SET status = 'unconfirmed', due_at = NULL WHERE id = $1`, [id]);
    await bench.messages.advance(message_id, 0, { channel: 'voice', origin: 'resend', reason: 'asked for' });
    await bench.report('sms-1', attemptId(), { status: 'delivered' });
    await bench.run();
    expect(await story()).toEqual(['sms unconfirmed', 'voice sent']);
  });

  it('that were stored when a process died are applied before a delivery is given up', async () => {
    await bench.run();
    await ledger.database.query(
      `INSERT INTO reports (provider_id, attempt_id, status, detail) VALUES ('sms-1', $1, 'delivered', 'said')`,
      [attemptId()],
    );
    await makeDue(ledger.database, id);
    await bench.run();
    expect(await story()).toEqual(['sms delivered']);
  });
});

describe('the next step', () => {
  it('R32 exists once when report, timeout and resend race', async () => {
    for (let round = 0; round < 20; round += 1) {
      message_id = newId('msg');
      sms.requests.length = 0;
      id = await queueDelivery(ledger.database, { message_id });
      await bench.run();
      await makeDue(ledger.database, id);
      const resend = { channel: 'email', origin: 'resend', reason: 'asked for by the user' } as const;
      await Promise.all([
        ...[bench.run(), benchOn(ledger.database).run()],
        ...[1, 2, 3].map(() => bench.report('sms-1', attemptId(), { status: 'failed', cause: 'landline' })),
        bench.messages.advance(message_id, 0, resend),
      ]);
      await bench.run();
      expect(await bench.history.of(message_id)).toHaveLength(2);
    }
  });

  it('that the person took is not explained a second time', async () => {
    await bench.run();
    await bench.messages.advance(message_id, 0, { channel: 'sms', origin: 'resend', reason: 'asked for by the user' });
    bench.messages.sendsLeft = 0;
    await bench.report('sms-1', attemptId(), { status: 'failed', cause: 'expired' });
    await bench.run();
    expect(await story()).toEqual(['sms failed', 'sms sent']);
    expect((await bench.history.of(message_id))[0]?.note).toBeNull();
  });

  it('I8 any order of six reports about two attempts, in parallel with the worker, starts at most one', async () => {
    for (let round = 0; round < 20; round += 1) {
      message_id = newId('msg');
      sms.requests.length = 0;
      sms.outcomes.push(throttled);
      id = await queueDelivery(ledger.database, { message_id });
      await bench.run();
      await makeDue(ledger.database, id);
      await bench.run();
      const [earlier, current] = [attemptId(0), attemptId(1)];
      const reports = [
        ...[
          () => bench.report('sms-1', earlier, { status: 'failed' }),
          () => bench.report('sms-1', current, { status: 'underway' }),
        ],
        ...[
          () => bench.report('sms-1', current, { status: 'failed' }),
          () => bench.report('sms-1', current, { status: 'failed' }),
        ],
        ...[
          () => bench.report('sms-1', earlier, { status: 'delivered' }),
          () => bench.report('sms-1', current, { status: 'delivered' }),
        ],
      ];
      await Promise.all([...reports.sort(() => Math.random() - 0.5).map((send) => send()), bench.run()]);
      await bench.run();
      const [first, ...next] = await bench.history.of(message_id);
      expect(next.length).toBeLessThanOrEqual(1);
      expect(first?.status === 'delivered' || first?.deliveredLateAt !== null).toBe(true);
    }
  });
});
