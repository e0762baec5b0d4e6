/**
 * The moments in which a sender is tempted to send again: the gateway took the message and its answer was lost, or the worker
 * slept longer than its lease and wakes up with the message still in hand. The hole this looks for: two messages for one send,
 * which annoys, costs, and teaches people to ignore codes (BullMQ promises no more than "at least once").
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Service } from '../support/service.js';
import { accepts, codeIn, hangs, hangsUp, type Behaviour } from '../support/sms-gateway.js';

let shop: Installation;
let service: Service;
/** The second process, which takes over. */
let other: Service;

beforeAll(async () => {
  shop = await openInstallation();
  [service, other] = await Promise.all([shop.start(), shop.start()]);
});
afterAll(() => shop.close());
const CHANNELS = { channels: ['sms', 'email'] };

/** A login whose first message is sent by the given process: the other one sleeps until the message is out or given up. */
async function startOn(first: Service, gatewayDoes: Behaviour = accepts) {
  const person = somebody();
  shop.gateway.behaviourFor = (to) => (to === person.phone ? gatewayDoes : accepts);
  other.freeze();
  const { body, status } = await shop.client.start(first, person, CHANNELS);
  expect(status).toBe(202);
  return { id: body.id, ...person };
}

/** Status and outcome of each send attempt, oldest first. */
async function attemptsOf(id: string): Promise<string[]> {
  const sql = `
    SELECT concat_ws(', ', d.channel || ' ' || d.status, a.status) AS line
    FROM deliveries d LEFT JOIN send_attempts a ON a.delivery_id = d.id
    WHERE d.message_id = $1 ORDER BY d.step, a.number`;
  return (await shop.clock.rows<{ line: string }>(sql, [id])).map(({ line }) => line);
}

async function becomes(id: string, expected: string[]): Promise<void> {
  await eventually(async () => {
    expect(await attemptsOf(id)).toEqual(expected);
  });
}

async function isHeld(id: string): Promise<void> {
  await eventually(async () => {
    const sql = 'SELECT lease_until IS NOT NULL AS held FROM deliveries WHERE message_id = $1';
    expect(await shop.clock.rows(sql, [id])).toEqual([{ held: true }]);
  });
}

test.each([
  ['says nothing until the timeout', hangs],
  ['hangs up instead of answering', hangsUp],
])(
  'I6 R30 a gateway that takes the message and %s: sent, once, and the report timeout decides',
  async (_, gatewayDoes) => {
    const { id, phone, email } = await startOn(service, gatewayDoes);
    await becomes(id, ['sms sent, ambiguous']);
    other.thaw();

    // Nothing but the report timeout moves it: not a lease, not the other worker.
    await shop.clock.leasesPass();
    await shop.clock.wakeWorkers();
    await becomes(id, ['sms sent, ambiguous']);
    await shop.clock.reportTimeoutsPass();
    await becomes(id, ['sms unconfirmed, ambiguous', 'email sent, accepted']);
    expect([shop.gateway.to(phone).length, shop.mailsTo(email).length]).toEqual([1, 1]);

    // It had arrived, as it happens: its code is as good as the later one.
    const [message] = shop.gateway.to(phone);
    expect(await shop.client.check(service, id, codeIn(message?.text ?? ''))).toMatchObject({ status: 200 });
  },
);

test('I6 R30 a worker that sleeps through its lease while the gateway answers: nobody else sends it', async () => {
  const answer: (() => void)[] = [];
  const { id, phone } = await startOn(service, (response) =>
    answer.push(() => response.writeHead(202).end('0: Accepted')),
  );
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  service.freeze();
  other.thaw();
  await shop.clock.leasesPass();
  await becomes(id, ['sms sent, ambiguous']);

  answer[0]?.();
  service.thaw();
  await becomes(id, ['sms sent, accepted']);
  const [message] = shop.gateway.to(phone);
  await other.untilReady();
  expect(await shop.client.check(other, id, codeIn(message?.text ?? ''))).toMatchObject({ status: 200 });
  expect(shop.gateway.to(phone)).toHaveLength(1);
});

describe('a worker that fell asleep', () => {
  beforeAll(() => service.stop());

  test('I6 R30 before it began finds the message sent by another, and lets it be', async () => {
    const sleeper = await shop.start({ freezeAt: 'dispatch:claimed' });
    const { id, phone } = await startOn(sleeper);
    // A lease that is taken only after leases have passed would have to be waited for.
    await isHeld(id);
    other.thaw();
    await shop.clock.leasesPass();
    await becomes(id, ['sms sent, accepted']);

    sleeper.thaw();
    expect(await sleeper.stop()).toEqual({ code: 0, signal: null });
    await becomes(id, ['sms sent, accepted']);
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });

  test('I6 R30 with the text in hand does not send it after its lease (15 s, waited for)', async () => {
    const sleeper = await shop.start({ freezeAt: 'dispatch:code-stored' });
    const { id, phone, email } = await startOn(sleeper);
    await becomes(id, ['sms submitting, submitting']);
    other.thaw();
    // The real lease, because the sleeper looks at its own clock.
    await eventually(
      async () => {
        expect(await attemptsOf(id)).toEqual(['sms sent, ambiguous']);
      },
      { timeout: 25_000, interval: 200 },
    );
    await shop.clock.reportTimeoutsPass();
    await becomes(id, ['sms unconfirmed, ambiguous', 'email sent, accepted']);

    sleeper.thaw();
    await becomes(id, ['sms unconfirmed, withdrawn', 'email sent, accepted']);
    expect(await sleeper.stop()).toEqual({ code: 0, signal: null });
    expect([shop.gateway.to(phone).length, shop.mailsTo(email).length]).toEqual([0, 1]);
    const [mail = ''] = shop.mailsTo(email);
    expect(await shop.client.check(other, id, codeIn(mail))).toMatchObject({ status: 200 });
  });
});
