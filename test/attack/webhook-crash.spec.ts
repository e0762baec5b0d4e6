/**
 * A process dies by kill -9 between a receiver's answer and the record of it. The hole this looks for: an event that is never
 * told, told out of order, or told twice without need.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';
import { RECEIVERS_HERE, WebhookReceiver } from '../support/webhook-receiver.js';

let shop: Installation;
let receiver: WebhookReceiver;
let crasher: Service;
/** The second process, which carries on. */
let survivor: Service;

beforeAll(async () => {
  [shop, receiver] = await Promise.all([openInstallation(), WebhookReceiver.start()]);
  const configYaml = `${shop.configYaml}\n${RECEIVERS_HERE}`;
  const crashing = { configYaml, crashAt: 'webhook:answered' } as const;
  [crasher, survivor] = await Promise.all([shop.start(crashing), shop.start({ configYaml })]);
  survivor.freeze();
});
afterAll(() => Promise.all([shop.close(), receiver.stop()]));

test('I13 R94 killed between the answer and its record: told again, once, and everything else after it', async () => {
  // It is told of the message first, so that nobody is killed while that is handed over.
  const order = { url: receiver.url, events: ['delivery.sent', 'delivery.delivered', 'verification.approved'] };
  const made = await shop.client.ask(crasher, 'POST', '/v1/admin/webhooks', { body: order });
  expect(made.status).toBe(201);
  const { phone } = somebody();
  const { body } = await shop.client.start(crasher, { phone }, { channels: ['sms'] });
  expect(await crasher.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(receiver.told).toHaveLength(1);

  survivor.thaw();
  await survivor.untilReady();
  await shop.clock.leasesPass();
  await shop.clock.rows(
    'UPDATE webhook_messages SET due_at = now(), lease_until = now() WHERE lease_until IS NOT NULL',
  );
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  const [sms] = shop.gateway.to(phone);
  expect(await shop.client.check(survivor, body.id, codeIn(sms?.text ?? ''))).toMatchObject({ status: 200 });
  await eventually(() => {
    expect(receiver.told.at(-1)?.event.type).toBe('verification.approved');
  });

  const sequences = receiver.sequences().get(body.id) ?? [];
  const last = sequences.at(-1) ?? 0;
  expect(sequences).toEqual([2, ...Array.from({ length: last - 1 }, (_, n) => n + 2)]);
  const [first, again] = receiver.told;
  expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(again?.body).toBe(first?.body);
});
