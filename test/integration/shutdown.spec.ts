import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { accepts } from '../support/sms-gateway.js';

let shop: Installation;

beforeAll(async () => {
  shop = await openInstallation();
});
afterAll(() => shop.close());
const ENDED_WELL = { code: 0, signal: null };
test('R96 a request whose body is still coming when the stop begins is answered, and its message is not forgotten', async () => {
  const [service, other] = await Promise.all([shop.start(), shop.start()]);
  const { phone } = somebody();
  const body = JSON.stringify({ to: { phone } });
  const socket = connect(service.port, '127.0.0.1');
  const head = [
    'POST /v1/verifications HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${shop.key}`,
    'Content-Type: application/json',
    `Content-Length: ${String(body.length)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
  await sleep(200);
  const ending = service.stop();
  await eventually(async () => {
    await expect(service.call('GET', '/livez')).rejects.toThrow('fetch failed');
  });

  socket.write(body.slice(10));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 202 /);
  expect(await ending).toEqual(ENDED_WELL);
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  await other.stop();
});

test('R96 a message that is being handed over when the stop begins is handed over, and that is recorded', async () => {
  const service = await shop.start();
  const { phone } = somebody();
  shop.gateway.behaviourFor = () => (response, sms) => setTimeout(accepts, 1_500, response, sms);
  const { body } = await shop.client.start(service, { phone });
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  expect(await service.stop()).toEqual(ENDED_WELL);

  const sql = `
    SELECT d.status AS delivery, a.status AS attempt, d.lease_until AS lease
    FROM deliveries d JOIN send_attempts a ON a.delivery_id = d.id WHERE d.message_id = $1`;
  expect(await shop.clock.rows(sql, [body.id])).toEqual([{ delivery: 'sent', attempt: 'accepted', lease: null }]);
});

test('R96 a gateway that hangs holds a stop up for its timeout, no longer', async () => {
  const service = await shop.start();
  const { phone } = somebody();
  shop.gateway.behaviourFor = () => () => undefined;
  const { body } = await shop.client.start(service, { phone });
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  expect(await service.stop()).toEqual(ENDED_WELL);
  const sql =
    'SELECT status FROM send_attempts a WHERE delivery_id = (SELECT id FROM deliveries WHERE message_id = $1)';
  expect(await shop.clock.rows(sql, [body.id])).toEqual([{ status: 'ambiguous' }]);
});
