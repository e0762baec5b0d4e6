/**
 * Redis is gone, or worse: it accepts connections and answers nothing. Whoever can bring that about must gain nothing: no
 * message without its limits, no guess without its attempt, no process that hangs with it (ASVS 16.5.3).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { wrong } from '../support/login.js';
import { startPrivateRedis } from '../support/servers/private-redis.js';
import type { PrivateServer } from '../support/servers/private-server.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

let redis: PrivateServer;
let shop: Installation;
let service: Service;

beforeAll(async () => {
  redis = await startPrivateRedis(inject('scratchFolder'));
  shop = await openInstallation({ redisUrl: redis.url });
  service = await shop.start();
});
afterAll(async () => {
  await shop.close();
  await redis.stop();
});

async function codeOf(phone: string): Promise<string> {
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  return codeIn(shop.gateway.to(phone)[0]?.text ?? '');
}

async function startAndReceive(): Promise<{ id: string; code: string }> {
  const { phone } = somebody();
  const { status, body } = await shop.client.start(service, { phone });
  expect(status).toBe(202);
  return { id: body.id, code: await codeOf(phone) };
}

/** Every call that could let somebody in or send something, about a login that was under way when Redis went. */
async function expectNothingIsDecided(id: string, code: string): Promise<void> {
  const { phone } = somebody();
  const began = performance.now();
  const replies = await Promise.all([
    shop.client.start(service, { phone }),
    shop.client.check(service, id, code),
    shop.client.check(service, id, wrong(code)),
    shop.client.resend(service, id),
  ]);
  expect(performance.now() - began).toBeLessThan(5_000);
  for (const { status, headers, body } of replies) {
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await service.call('GET', '/readyz')).toMatchObject({ status: 503, body: { checks: { redis: false } } });
  expect(await service.call('GET', '/livez')).toMatchObject({ status: 200 });
  expect(shop.gateway.to(phone)).toEqual([]);
  const sql = `SELECT status, failed_checks FROM verifications WHERE id = $1`;
  expect(await shop.clock.rows(sql, [id])).toEqual([{ status: 'pending', failed_checks: 0 }]);
}

test('I18 R51 Redis down: 503 and nothing is sent or approved; back, it goes on by itself', async () => {
  const { id, code } = await startAndReceive();
  await redis.stop();
  await expectNothingIsDecided(id, code);

  await redis.start();
  await service.untilReady();
  expect(await shop.client.read(service, id)).toMatchObject({ body: { attemptsLeft: 5 } });
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 200, body: { status: 'approved' } });
});

test('I18 R51 Redis hangs: 503 within seconds instead of waiting with it', async () => {
  const { id, code } = await startAndReceive();
  redis.freeze();
  await expectNothingIsDecided(id, code);

  redis.thaw();
  await service.untilReady();
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 200, body: { status: 'approved' } });
});

test('I18 R51 Redis hangs while calls keep coming: each is answered 503 within seconds', async () => {
  await startAndReceive();
  redis.freeze();
  const calls: Promise<{ status: number; ms: number }>[] = [];
  const call = async () => {
    const began = performance.now();
    const { status } = await shop.client.start(service, somebody());
    return { status, ms: performance.now() - began };
  };
  for (let n = 0; n < 50; n += 1) {
    calls.push(call());
    await sleep(100);
  }
  redis.thaw();
  const answers = await Promise.all(calls);
  expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(4_000);
  await service.untilReady();
});

test('I18 Redis down: a cancel still holds, since it lets nobody in; back, the code is not right any more', async () => {
  const { id, code } = await startAndReceive();
  await redis.stop();
  expect(await shop.client.cancel(service, id)).toMatchObject({ status: 200, body: { status: 'canceled' } });

  await redis.start();
  await service.untilReady();
  expect(await shop.client.check(service, id, code)).toMatchObject({ status: 410, body: { code: 'canceled' } });
});

test('I18 Redis down between an accepted start and its message: sent once, when Redis is back', async () => {
  const { phone } = somebody();
  const api = await shop.start({ env: { ROLE: 'api' } });
  service.freeze();
  const { status, body } = await shop.client.start(api, { phone });
  expect(status).toBe(202);
  await redis.stop();
  service.thaw();
  // It has tried, could not ask whether the code is still wanted, and given the message back.
  await eventually(async () => {
    const sql = `SELECT a.status FROM send_attempts a JOIN deliveries d ON d.id = a.delivery_id WHERE d.message_id = $1`;
    expect(await shop.clock.rows(sql, [body.id])).toContainEqual({ status: 'withdrawn' });
  });
  expect(shop.gateway.to(phone)).toEqual([]);

  await redis.start();
  const code = await codeOf(phone);
  await service.untilReady();
  expect(await shop.client.check(service, body.id, code)).toMatchObject({ status: 200 });
  expect(shop.gateway.to(phone)).toHaveLength(1);
});
