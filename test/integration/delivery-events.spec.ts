/** Every way that a verification can go, and exactly what is told of it, in order. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/delivery/domain/after-refusal.js';
import { makeDue } from '../support/deliveries.js';
import { EventBench } from '../support/event-bench.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

let opened: TestDatabase;
let bench: EventBench;
let id: string;

beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  // Whatever an earlier test has left behind may be due by now.
  await opened.database.query('DELETE FROM deliveries');
  bench = new EventBench(opened.database);
});

const landline: Refusal = { kind: 'refused', failure: 'rejected', cause: 'landline', detail: '30006' };
const lastAttempt = () => bench.sms.requests.at(-1)?.attemptId ?? '';

/** Each is what happens next, to the verification's first message where it is about a message. */
const acts = {
  sent: () => bench.delivery.run(),
  refused: () => {
    bench.sms.outcomes.push(landline);
    return bench.delivery.run();
  },
  arrived: () => bench.delivery.report('sms-1', lastAttempt(), { status: 'delivered' }),
  'arrived, said otherwise': () =>
    bench.delivery.report('sms-1', lastAttempt(), { status: 'delivered', detail: 'again' }),
  lost: () => bench.delivery.report('sms-1', lastAttempt(), { status: 'failed', cause: 'landline' }),
  underway: () => bench.delivery.report('sms-1', lastAttempt(), { status: 'underway' }),
  'arrived before its submit was recorded': () => {
    bench.sms.meanwhile = () => acts.arrived();
    return bench.delivery.run();
  },
  'lost before its submit was recorded': () => {
    bench.sms.meanwhile = () => acts.lost();
    return bench.delivery.run();
  },
  silence: async () => {
    for (const { id: delivery } of await bench.delivery.history.of(id)) await makeDue(opened.database, delivery);
    await bench.delivery.run();
  },
  'nothing is allowed any more': () => {
    bench.delivery.messages.stop = { kind: 'stop', then: 'skip', reason: 'limited: recipient-hour' };
    return Promise.resolve();
  },
  'asked for again': () =>
    bench.steps.advance(id, 0, { deliveryId: `${id}_2`, channel: 'sms', origin: 'resend', reason: 'asked for' }),
  approved: () => bench.endings.approve(id, { channel: 'sms', tokenId: 'tok_1' }),
  guessed: () => bench.endings.countWrong(id),
  expired: async () => {
    await opened.database.query('UPDATE verifications SET expires_at = now() WHERE id = $1', [id]);
    return bench.endings.expireOverdue(1_000);
  },
  canceled: () => bench.endings.end(id, 'canceled'),
  restored: () => bench.endings.cancelPending(new Date(Date.now() + 60_000), 1_000),
} satisfies Record<string, () => Promise<unknown>>;
type Act = keyof typeof acts;

const sms = 'delivery.sent sms';
const voice = ['delivery.fallback voice after sms', 'delivery.sent voice'];

const WAYS: [Act[], string[]][] = [
  [
    ['sent', 'arrived', 'approved'],
    [sms, 'delivery.delivered sms', 'verification.approved'],
  ],
  [
    ['sent', 'approved', 'arrived'],
    [sms, 'verification.approved', 'delivery.delivered sms'],
  ],
  [
    ['sent', 'underway', 'arrived', 'arrived', 'lost', 'arrived, said otherwise'],
    [sms, 'delivery.delivered sms'],
  ],
  [['arrived before its submit was recorded'], [sms, 'delivery.delivered sms']],
  [['lost before its submit was recorded'], [sms, 'delivery.failed sms landline', ...voice]],
  [
    ['sent', 'lost', 'sent'],
    [sms, 'delivery.failed sms landline', ...voice],
  ],
  [
    ['refused', 'arrived'],
    ['delivery.failed sms landline', ...voice, 'delivery.delivered sms late'],
  ],
  [
    ['sent', 'silence'],
    [sms, 'delivery.unconfirmed sms', ...voice],
  ],
  [
    ['sent', 'silence', 'arrived', 'arrived, said otherwise', 'lost'],
    [sms, 'delivery.unconfirmed sms', ...voice, 'delivery.delivered sms late'],
  ],
  [
    ['sent', 'nothing is allowed any more', 'lost', 'sent'],
    [sms, 'delivery.failed sms landline', 'delivery.fallback voice after sms', 'delivery.fallback email after voice'],
  ],
  [
    ['sent', 'asked for again', 'sent', 'arrived'],
    [sms, sms, 'delivery.delivered sms'],
  ],
  [
    ['sent', 'guessed', 'guessed', 'guessed'],
    [sms, 'verification.failed'],
  ],
  [
    ['sent', 'expired', 'silence'],
    [sms, 'verification.expired', 'delivery.unconfirmed sms'],
  ],
  [['canceled', 'approved'], ['verification.canceled']],
  [['restored', 'expired'], ['verification.canceled']],
];

/** `delivery.failed sms landline`: the type, and what tells one event of it from another. */
function inWords({ type, payload }: { type: string; payload: Record<string, unknown> }): string {
  const { channel, cause, late, after } = payload as Record<string, string> & { after?: { channel: string } };
  const words = [type.startsWith('delivery.') && channel, cause, late && 'late', after && `after ${after.channel}`];
  return [type, ...words.filter(Boolean)].join(' ');
}

describe('R85 what is told', () => {
  test.each(WAYS)('when a verification is %j', async (happens, told) => {
    const endpoint = await bench.endpoint(null);
    id = await bench.start();
    for (const act of happens) await acts[act]();

    const events = await bench.events(id);
    expect(events.map(inWords)).toEqual(['verification.started', ...told]);
    const places = events.map((_, at) => at + 1);
    expect(events.map(({ sequence }) => sequence)).toEqual(places);
    expect(await bench.owed(endpoint, id)).toEqual(places);
    expect(await bench.bodies(id)).toHaveLength(places.length);
  });

  test('of messages is what somebody listens to, of verifications everything, with no gap in its places', async () => {
    await bench.endpoint(null, false);
    const failures = await bench.endpoint(['delivery.failed', 'verification.approved']);
    const fallbacks = await bench.endpoint(['delivery.fallback']);
    id = await bench.start();
    for (const act of ['sent', 'lost', 'sent', 'approved'] as const) await acts[act]();

    expect((await bench.events(id)).map(({ sequence, type }) => `${String(sequence)} ${type}`)).toEqual([
      ...['1 verification.started', '2 delivery.failed', '3 delivery.fallback', '4 verification.approved'],
    ]);
    expect([await bench.owed(failures, id), await bench.owed(fallbacks, id)]).toEqual([[2, 4], [3]]);
  });

  test('R87 names the verification as its start did, and masks who it is about', async () => {
    await bench.endpoint(['delivery.*']);
    id = await bench.start();
    for (const act of ['sent', 'lost', 'sent'] as const) await acts[act]();

    const verification = {
      purpose: 'login',
      subject: 'user 1',
      metadata: { cart: '7' },
      to: { phone: '+49151•••••78' },
    };
    const [, failed, fallback] = (await bench.bodies(id)).slice(1).map(({ data }) => data);
    expect(failed).toMatchObject({ verificationId: id, sequence: 3, verification, provider: 'sms-1', country: 'DE' });
    expect(fallback).toMatchObject({
      ...{ channel: 'voice', reason: 'sms failed: landline', verification },
      after: { deliveryId: failed?.['deliveryId'], channel: 'sms', status: 'failed', cause: 'landline' },
    });
  });
});
