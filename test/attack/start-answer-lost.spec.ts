/**
 * The ledger commits a start and its answer is lost on the way: the caller is told 503 although the message goes out. The hole this
 * looks for: the start is given back to the limits as if it had not been, so that the next one sends a second message at once, and
 * whoever can disturb the connection to Postgres bombs a person (R19, I4).
 */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AnswerlessWire } from '../support/answerless-wire.js';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Service } from '../support/service.js';

let wire: AnswerlessWire;
let shop: Installation;
let service: Service;

beforeAll(async () => {
  wire = await AnswerlessWire.to(Number(new URL(inject('postgresUrl')).port));
  const proxied = new URL(inject('postgresUrl'));
  proxied.port = String(wire.port);
  shop = await openInstallation({ postgresUrl: proxied.href });
  service = await shop.start();
});
afterAll(async () => {
  await shop.close();
  await wire.close();
});

const UNAVAILABLE = { status: 503, body: { code: 'unavailable' } };
const COOLDOWN = { status: 429, body: { code: 'cooldown' } };

test('I4 R29 a start whose answer was lost counts, and a retry with its key finds it', async () => {
  const { phone } = somebody();
  const start = (key: string) => shop.client.start(service, { phone }, {}, key);
  wire.loseAnswerOf('lost-1');
  expect(await start('lost-1')).toMatchObject(UNAVAILABLE);

  expect(await start('another-1')).toMatchObject(COOLDOWN);
  expect(await start('lost-1')).toMatchObject({ status: 202, body: { status: 'pending' } });
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
});

test('I4 a start without a key whose answer was lost counts, though its state is closed: it may have been sent', async () => {
  const { phone } = somebody();
  wire.loseAnswerOf('lost-2');
  const lost = await shop.client.start(service, { phone }, { metadata: { note: 'lost-2' } });
  expect(lost).toMatchObject(UNAVAILABLE);
  expect(await shop.client.start(service, { phone })).toMatchObject(COOLDOWN);
});

test('I18 R28 a start that found nobody to ask counts nowhere, also where something in between takes the connection', async () => {
  const { phone } = somebody();
  const start = () => shop.client.start(service, { phone }, {}, 'nobody-there');
  // The API key is remembered for 3 s from now on.
  expect(await shop.client.start(service, somebody())).toMatchObject({ status: 202 });
  wire.hangUp();
  expect(await start()).toMatchObject(UNAVAILABLE);
  wire.heal();
  expect(await start()).toMatchObject({ status: 202 });
});
