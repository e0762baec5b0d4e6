/**
 * Threat: whoever reaches the callback address decides what was delivered. A forged "failed" starts calls and mails that the
 * victim pays for (or that an attacker hears); a forged "delivered" stops the fallback, so that no code ever arrives. Seen in
 * the wild as unsigned or replayable status callbacks (CVE-2026-32053, GHSA-vqx8-9xxw-f2m7).
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Nudge } from '../../src/delivery/application/ports.js';
import { ProviderCatalog } from '../../src/delivery/application/provider-catalog.js';
import { ReadDeliveries } from '../../src/delivery/application/read-deliveries.js';
import { kannel } from '../../src/delivery/adapters/providers/kannel/kannel.js';
import { Worker } from '../../src/delivery/adapters/worker.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { newId, queueDelivery, type FakeMessages } from '../support/deliveries.js';
import { startDelivery } from '../support/delivery-app.js';
import { eventually } from '../support/eventually.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { call } from '../support/http-client.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

let opened: TestDatabase;
let gateway: FakeVendor;
let app: NestFastifyApplication;
let base: string;
let messages: FakeMessages;
let keyring: Keyring;

beforeAll(async () => {
  opened = await openTestDatabase();
  gateway = await FakeVendor.start();
  gateway.answers({ status: 202, body: '0: Accepted for delivery' });
  const entry = { type: 'kannel', channel: 'sms', url: gateway.url, username: 'u', password: 'p', from: '12345' };
  const catalog = new ProviderCatalog([kannel], {
    providers: { main: entry, other: entry },
    routes: { sms: ['main'] },
  });
  ({ app, url: base, messages, keyring } = await startDelivery(opened.database, catalog));
});
afterAll(async () => {
  await app.close();
  await gateway.stop();
  await opened.close();
});

let message_id: string;
let attemptId: string;
let path: string;

/** An SMS that the gateway has, and the callback address that the gateway was given for it. */
beforeEach(async () => {
  gateway.requests.length = 0;
  messages.over = false;
  messages.channels = ['sms', 'voice', 'email'];
  message_id = newId('msg');
  await queueDelivery(opened.database, { message_id });
  app.get(Nudge).nudge();
  await eventually(async () => {
    expect(await story()).toEqual(['sms sent']);
  });
  const address = new URL(String(gateway.requests[0]?.headers['x-kannel-dlr-url']).replace(/%/g, ''));
  path = address.pathname;
  attemptId = path.split('/')[4] ?? '';
});

const story = async () => {
  const deliveries = await app.get(ReadDeliveries).of(message_id);
  return deliveries.map(({ channel, status }) => `${channel} ${status}`);
};
const reportsStored = async () => {
  const sql = 'SELECT count(*)::int AS count FROM reports WHERE attempt_id = $1';
  return (await opened.database.query<{ count: number }>(sql, [attemptId]))[0]?.count;
};
const FAILED = 'd=2&A=id:1+stat:UNDELIV+err:060';
const DELIVERED = 'd=1&A=id:1+stat:DELIVRD+err:000';
const get = (where: string, query = FAILED) => call('GET', `${base}${where}?${query}`);

describe('R31 a forged report', () => {
  const macOf = (provider: string, attempt: string, ring = keyring) => ring.callbackMac(`${provider}/${attempt}`);

  it.each<[string, () => string]>([
    ['with no MAC of ours', () => `/v1/reports/main/${attemptId}/${'A'.repeat(22)}`],
    ['with a MAC that lacks its end', () => path.slice(0, -1)],
    ['with a MAC that goes on', () => `${path}AAAA`],
    ['with the MAC of another attempt', () => `/v1/reports/main/${attemptId}/${macOf('main', newId('att'))}`],
    ['with the MAC of another provider', () => `/v1/reports/main/${attemptId}/${macOf('other', attemptId)}`],
    ['sent to another provider', () => path.replace('/main/', '/other/')],
    [
      'with the MAC of a stranger',
      () => {
        const stranger = new Keyring([{ kid: 'now', key: randomBytes(32) }]);
        return `/v1/reports/main/${attemptId}/${macOf('main', attemptId, stranger)}`;
      },
    ],
    ['that moves the slash', () => `/v1/reports/main/${attemptId.slice(0, 5)}/${macOf('main', attemptId)}`],
    ['without an attempt', () => '/v1/reports/main'],
  ])('%s is 403, stores nothing and changes nothing', async (_, forge) => {
    for (const method of ['GET', 'POST']) {
      const reply = await call(method, `${base}${forge()}?${FAILED}`);
      expect(reply.status).toBe(403);
    }
    expect(await reportsStored()).toBe(0);
    expect(await story()).toEqual(['sms sent']);
  });

  it('to a provider that does not exist is 404', async () => {
    expect((await get(path.replace('/main/', '/nobody/'))).status).toBe(404);
  });

  it('can not be about an attempt that its address does not name', async () => {
    const body = JSON.stringify({ attemptId: newId('att'), status: 'failed', d: '2' });
    expect((await call('POST', `${base}${path}?${DELIVERED}&attemptId=att_x`, { body })).status).toBe(200);
    expect(await story()).toEqual(['sms delivered']);
  });

  it('a thousand of them change nothing', async () => {
    const forge = () => get(`/v1/reports/main/${attemptId}/${randomBytes(16).toString('base64url')}`);
    const replies = await Promise.all(Array.from({ length: 1_000 }, forge));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([403]));
    expect(await reportsStored()).toBe(0);
  });
});

describe('a genuine address', () => {
  it('answers exactly 200 and nothing, which is what Kannel takes for success', async () => {
    const reply = await get(path, DELIVERED);
    expect(reply).toMatchObject({ status: 200, body: '' });
    expect(await story()).toEqual(['sms delivered']);
  });

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/xml',
    'application/octet-stream',
    'application/vnd.nobody-knows',
  ])('takes a body of any kind: %s', async (type) => {
    const headers = { 'content-type': type };
    const reply = await call('POST', `${base}${path}?${DELIVERED}`, { headers, body: '{"broken' });
    expect(reply.status).toBe(200);
    expect(await story()).toEqual(['sms delivered']);
  });

  it('takes no body of more than 16 KiB', async () => {
    const reply = await call('POST', `${base}${path}?${DELIVERED}`, { body: 'x'.repeat(17 * 1_024) });
    expect(reply.status).toBe(413);
    expect(await story()).toEqual(['sms sent']);
  });

  it('R32 replayed a hundred times starts one fallback', async () => {
    messages.channels = ['sms', 'voice'];
    await Promise.all(Array.from({ length: 100 }, () => get(path)));
    await eventually(async () => {
      expect(await story()).toHaveLength(2);
    });
    expect(await reportsStored()).toBe(1);
    await get(path);
    await get(path, DELIVERED);
    await get(path, 'd=34&A=stat:EXPIRED+err:000');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await story())[0]).toBe('sms failed');
    expect(await story()).toHaveLength(2);
  });

  it('R33 after the message is over sends nothing', async () => {
    messages.over = true;
    await get(path);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await story()).toEqual(['sms failed']);
  });

  it('R34 sends nowhere that the report names', async () => {
    messages.channels = ['sms'];
    await get(path, `${FAILED}&to=%2B4915199999999&channel=voice&p=%2B4915199999999`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await story()).toEqual(['sms failed']);
    expect(gateway.requests).toHaveLength(1);
  });

  it('is told the truth when the report could not be stored: 503, so that the gateway asks again', async () => {
    await app.get(Worker, { strict: false }).stop();
    await opened.database.query('ALTER TABLE reports RENAME TO reports_away');
    const reply = await get(path, DELIVERED);
    await opened.database.query('ALTER TABLE reports_away RENAME TO reports');
    expect(reply.status).toBeGreaterThanOrEqual(500);
    expect((await get(path, DELIVERED)).status).toBe(200);
    expect(await story()).toEqual(['sms delivered']);
    await app.get(Worker, { strict: false }).start();
  });
});
