import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GuardedProvider } from '../../src/delivery/adapters/guarded-provider.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { Log } from '../../src/platform/log/log.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

const away: SubmitOutcome = { kind: 'refused', failure: 'unreachable', cause: 'provider', detail: 'ECONNREFUSED' };
const BOUNDS = { share: 0.5, sends: 20, windowMs: 30_000, tryAgainAfterMs: 1_000, mostAtOnce: 4 };

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const sentOver = async (bench: DeliveryBench, message_id: string) => {
  await queueDelivery(opened.database, { message_id });
  await bench.run();
  const deliveries = await bench.history.of(message_id);
  return deliveries.flatMap(({ attempts }) => attempts.map(({ providerId, status }) => `${providerId} ${status}`));
};

test('R97 a gateway that is away is soon not asked any more, the others go on, and it is used again when it is back', async () => {
  const [sms, backup] = [new ScriptedProvider('sms-1', 'sms'), new ScriptedProvider('sms-2', 'sms')];
  const guards = [sms, backup].map((provider) => new GuardedProvider(provider, Log.to('silent'), BOUNDS));
  const bench = new DeliveryBench(opened.database, guards);
  sms.outcomes.push(...Array<SubmitOutcome>(20).fill(away));
  for (let n = 0; n < 20; n += 1) await sentOver(bench, newId('msg'));
  expect([sms.requests.length, backup.requests.length]).toEqual([20, 20]);

  // It would accept now, but it is not asked: the next provider has the message at once.
  expect(await sentOver(bench, newId('msg'))).toEqual(['sms-2 accepted']);
  expect(sms.requests.length).toBe(20);

  await sleep(BOUNDS.tryAgainAfterMs + 50);
  expect(await sentOver(bench, newId('msg'))).toEqual(['sms-1 accepted']);
  expect(await sentOver(bench, newId('msg'))).toEqual(['sms-1 accepted']);
});

test('R97 a gateway that is slow keeps only its own places; the rest waits in the queue and goes out', async () => {
  const [slow, mail] = [new ScriptedProvider('slow', 'sms'), new ScriptedProvider('mail', 'email')];
  let atOnce = 0;
  let most = 0;
  slow.meanwhile = async () => {
    most = Math.max(most, (atOnce += 1));
    // The first ones stay until all places are taken, however long a busy machine needs for that; the rest may go on.
    for (let waitedMs = 0; most < BOUNDS.mostAtOnce && waitedMs < 10_000; waitedMs += 20) await sleep(20);
    await sleep(100);
    atOnce -= 1;
  };
  const guard = new GuardedProvider(slow, Log.to('silent'), BOUNDS);
  const bench = new DeliveryBench(opened.database, [guard, new GuardedProvider(mail, Log.to('silent'), BOUNDS)]);
  for (let n = 0; n < 7; n += 1) await queueDelivery(opened.database);
  await queueDelivery(opened.database, { channel: 'email', country: null });
  const deadline = Date.now() + 20_000;
  while (slow.requests.length < 7 && Date.now() < deadline) {
    await bench.run();
    await sleep(50);
  }
  expect([slow.requests.length, mail.requests.length, most]).toEqual([7, 1, BOUNDS.mostAtOnce]);
});
