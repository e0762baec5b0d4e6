/**
 * Postgres is gone in the middle of a login. It decides every end, so nothing may be approved without it; and
 * the outage must not be a place to guess for free, nor cost a person who typed the right code an attempt.
 */
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { wrong } from '../support/login.js';
import { startPrivatePostgres } from '../support/servers/private-postgres.js';
import type { PrivateServer } from '../support/servers/private-server.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

let postgres: PrivateServer;
let shop: Installation;
let service: Service;

beforeAll(async () => {
  postgres = await startPrivatePostgres(inject('scratchFolder'));
  shop = await openInstallation({ postgresUrl: postgres.url });
  service = await shop.start();
});
afterAll(async () => {
  await shop.close();
  await postgres.stop();
});

async function startAndReceive(): Promise<{ id: string; code: string }> {
  const { phone } = somebody();
  const { status, body } = await shop.client.start(service, { phone });
  expect(status).toBe(202);
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  return { id: body.id, code: codeIn(shop.gateway.to(phone)[0]?.text ?? '') };
}

/** What Redis says, while nobody else can be asked. */
async function attemptsInRedis(id: string): Promise<number> {
  const redis = await createClient({ url: shop.world.redisUrl }).connect();
  const left = await redis.hGet(`einmal:v:{${id}}`, 'left');
  redis.destroy();
  return Number(left);
}

/** The API key is remembered for 3 s, so that calls get past the guard and to the moment in question. */
async function stopPostgres(): Promise<void> {
  await shop.client.start(service, {});
  await postgres.stop();
}

const UNAVAILABLE = { status: 503, body: { code: 'unavailable' } };

test('I18 R75 Postgres down: no code is approved and no token consumed, which costs nothing and works when it is back', async () => {
  const [{ id, code }, approved] = [await startAndReceive(), await startAndReceive()];
  const { phone } = somebody();
  const { token } = (await shop.client.check(service, approved.id, approved.code)).body;
  const consume = () => shop.client.ask(service, 'POST', '/v1/tokens/consume', { body: { token } });
  await stopPostgres();

  const replies = await Promise.all([
    shop.client.check(service, id, code),
    shop.client.start(service, { phone }),
    consume(),
  ]);
  for (const reply of replies) {
    expect(reply).toMatchObject(UNAVAILABLE);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await attemptsInRedis(id)).toBe(5);
  expect(await service.call('GET', '/readyz')).toMatchObject({ status: 503, body: { checks: { postgres: false } } });
  expect(await service.call('GET', '/livez')).toMatchObject({ status: 200 });

  await postgres.start();
  await service.untilReady();
  expect(await shop.client.read(service, id)).toMatchObject({ body: { status: 'pending', attemptsLeft: 5 } });
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 200, body: { status: 'approved' } });
  expect(await consume()).toMatchObject({ status: 200, body: { verificationId: approved.id } });
  expect(shop.gateway.to(phone)).toEqual([]);
  expect(await shop.clock.rows('SELECT id FROM verifications WHERE id <> ALL ($1)', [[id, approved.id]])).toEqual([]);
});

test('I18 R28 a start refused because Postgres was away may be repeated at once when it is back: it counted nowhere', async () => {
  const { phone } = somebody();
  await stopPostgres();
  // More than any rule of the recipient would allow.
  for (let n = 0; n < 6; n += 1) expect(await shop.client.start(service, { phone })).toMatchObject(UNAVAILABLE);
  await postgres.start();
  await service.untilReady();

  const { status, body } = await shop.client.start(service, { phone });
  expect({ status, code: body.code }).toEqual({ status: 202, code: undefined });
  expect(await shop.client.start(service, { phone })).toMatchObject({ status: 429, body: { code: 'cooldown' } });
});

test('I18 I2 Postgres down is no place to guess for free: wrong guesses are spent', async () => {
  const { id, code } = await startAndReceive();
  await stopPostgres();
  for (const n of [1, 2, 3]) expect(await shop.client.check(service, id, wrong(code, n))).toMatchObject(UNAVAILABLE);
  expect(await attemptsInRedis(id)).toBe(2);

  await postgres.start();
  await service.untilReady();
  expect(await shop.client.check(service, id, wrong(code, 4))).toMatchObject({
    status: 422,
    body: { attemptsLeft: 1 },
  });
  expect(await shop.client.check(service, id, wrong(code, 5))).toMatchObject({
    status: 422,
    body: { attemptsLeft: 0 },
  });
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 429, body: { code: 'attempts-used-up' } });
});

test('I18 R51 while Postgres is down no operator’s change is half made: 503, and what held holds on', async () => {
  const key = await shop.world.createOperatorKey();
  const change = (method: string, path: string, body: unknown) =>
    service.call(method, `/v1/admin/${path}`, { key, body, headers: { 'if-match': '"1"' } });
  expect(await service.call('GET', '/v1/admin/edge', { key })).toMatchObject({ status: 200, body: { version: 1 } });
  await postgres.stop();

  const replies = await Promise.all([
    change('PUT', 'edge', { perAddress: '100/10s' }),
    change('POST', 'rules', { name: 'hour', on: 'send', by: ['ip'], rate: '1/1h' }),
    change('POST', 'lists/block', { kind: 'prefix', values: ['+49151'] }),
    change('PUT', 'providers/gateway', { enabled: false }),
    change('POST', 'applications', { name: 'another shop' }),
  ]);
  const endUser = { title: 'Not possible right now' };
  for (const reply of replies) expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable', endUser } });
  await postgres.start();
  await service.untilReady();

  expect(await service.call('GET', '/v1/admin/edge', { key })).toMatchObject({ body: { version: 1 } });
  expect(await service.call('GET', '/v1/admin/providers/gateway', { key })).toMatchObject({ body: { enabled: true } });
  const sql = `SELECT action FROM audit_log WHERE action !~ '^(application|key)\\.created$'`;
  expect(await shop.clock.rows(sql)).toEqual([]);
  const { id, code } = await startAndReceive();
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 200 });
});

test('I18 the worker goes on by itself when Postgres is back', async () => {
  await postgres.stop();
  await eventually(() => {
    expect(service.logs.filter((line) => line.includes('worker.claim-failed')).length).toBeGreaterThan(1);
  });
  await postgres.start();
  await service.untilReady();
  const { id, code } = await startAndReceive();
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 200 });
});

test('I5 Postgres down while a gateway answers: the message is not sent again', async () => {
  const answer: (() => void)[] = [];
  const { phone } = somebody();
  shop.gateway.behaviourFor = () => (response) => answer.push(() => response.writeHead(202).end('0: Accepted'));
  const { body } = await shop.client.start(service, { phone });
  await eventually(() => {
    expect(answer).toHaveLength(1);
  });
  await postgres.stop();
  answer[0]?.();
  await eventually(() => {
    expect(service.logs.some((line) => line.includes('worker.delivery-failed'))).toBe(true);
  });
  await postgres.start();
  await service.untilReady();
  await shop.clock.leasesPass();
  await eventually(async () => {
    expect((await shop.client.read(service, body.id)).body.deliveries).toMatchObject([{ status: 'sent' }]);
  });
  const [message] = shop.gateway.to(phone);
  expect(await shop.client.check(service, body.id, codeIn(message?.text ?? ''))).toMatchObject({ status: 200 });
  expect(shop.gateway.to(phone)).toHaveLength(1);
});
