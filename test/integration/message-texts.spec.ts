import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EinmalConfig } from '../../src/config.js';
import { eventually } from '../support/eventually.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { newPhone } from '../support/login.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WholeService } from '../support/whole-service.js';

/** What an application says, from the settings it saves to what a gateway is given. The whole service, in this process. */
let store: TestDatabase;
let service: WholeService;
let gateway: FakeVendor;
let operator: string;
let shop: { id: string; key: string };

beforeAll(async () => {
  [store, gateway] = await Promise.all([openTestDatabase(), FakeVendor.start()]);
  gateway.answers({ status: 202, body: '0: Accepted for delivery' });
  const kannel = {
    type: 'kannel',
    channel: 'sms',
    url: gateway.url,
    username: 'u',
    password: 'p',
    from: 'Own',
  } as const;
  const config = new EinmalConfig({ kannel, mail: { type: 'sandbox', channel: 'email' } }, {}, {});
  service = await WholeService.start(store.database, config);
  operator = await service.operatorKey();
  shop = await service.tenant('shop');
});
afterAll(async () => {
  await service.close();
  await Promise.all([store.close(), gateway.stop()]);
});

interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

async function call(method: 'GET' | 'PUT' | 'POST', url: string, body?: object, more: object = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${shop.key}`, ...more };
  const reply = await service.app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: reply.statusCode, etag: reply.headers.etag, body: reply.json() };
}

/** Changes some of the application's settings with its own key, or with an operator's. */
async function save(changed: object, by: 'application' | 'operator' = 'application'): Promise<Answer> {
  const own = by === 'application';
  const path = own ? '/v1/admin/settings' : `/v1/admin/applications/${shop.id}/settings`;
  const key = own ? {} : { authorization: `Bearer ${operator}` };
  const { body, etag } = await call('GET', path, undefined, key);
  const settings = { ...(body['settings'] as object), ...changed };
  return call('PUT', path, settings, { ...key, 'if-match': etag });
}

const start = (phone: string, more: object = {}) =>
  call('POST', '/v1/verifications', { to: { phone }, channels: ['sms'], ...more });

interface Sent {
  id: string;
  text: string;
  from: string;
  entry: { event: string; encoding?: string; segments?: number };
}

/** Starts a verification and waits until the gateway has it and that is recorded. */
async function send(phone: string, more: object = {}): Promise<Sent> {
  const { status, body } = await start(phone, more);
  expect({ status, body }).toMatchObject({ status: 202 });
  const id = body['id'] as string;
  const entry = await eventually(async () => {
    const timeline = (await call('GET', `/v1/verifications/${id}`)).body['timeline'] as Sent['entry'][];
    const submitted = timeline.find(({ event }) => event === 'submit accepted');
    if (!submitted) throw new Error('It was not submitted.');
    return submitted;
  });
  const sent = gateway.requests.find(({ headers }) => headers['x-kannel-to'] === phone);
  const encoding = sent?.headers['x-kannel-coding'] === '2' ? 'utf16le' : 'utf8';
  const raw = sent?.body ?? Buffer.alloc(0);
  const text = (encoding === 'utf8' ? raw : Buffer.from(raw).swap16()).toString(encoding);
  return { id, text, from: String(sent?.headers['x-kannel-from']), entry };
}

const check = (id: string, text: string, more: object = {}) =>
  call('POST', `/v1/verifications/${id}/checks`, { code: /\d{6}/.exec(text)?.[0], ...more });

test('built-in words are one SMS of 7 bits, and that is shown', async () => {
  const { text, entry } = await send(newPhone(), { locale: 'fr-BE' });
  expect(text).toMatch(/^\d{6} est votre code shop\. Il expire dans 5 min\. Ne le partagez pas\.$/);
  expect(entry).toMatchObject({ encoding: 'gsm7', segments: 1 });
});

describe('R62 templates', () => {
  test.each([
    [{ sms: { de: `{code} ${'x'.repeat(150)}` } }, 'sms.de: with the longest values 161 characters in gsm7'],
    [
      { sms: { 'de-AT': 'Ihr „{sender}“-Code: {code}. Er gilt noch {minutes} Minuten lang.' } },
      'sms.de-AT: with the longest',
    ],
    [{ sms: { de: '{code} {password}' } }, 'sms.de: names {password}; there are {code}'],
    [
      { email: { de: { subject: 'Code', text: '{code}', html: '<script>{code}</script>' } } },
      'email.de.html: holds <script>',
    ],
    [{ text: '{code}' }, 'default.text: there is no such option'],
  ])('%j is refused when it is saved, and says why', async (template, why) => {
    const before = (await call('GET', '/v1/admin/settings')).body['version'];
    const { status, body } = await save({ templates: { default: template } });
    expect([status, body['code']]).toEqual([400, 'invalid-request']);
    expect(body['detail']).toContain(
      `templates.default${why.startsWith('default') ? '' : '.'}${why.replace('default', '')}`,
    );
    expect((await call('GET', '/v1/admin/settings')).body['version']).toBe(before);
  });

  test('are the words of the messages: of the region, of the language, or of their own language', async () => {
    const sms = {
      de: 'Code {code} von {sender}, {minutes} min',
      'de-AT': 'Servus! Code: {code}',
      en: 'Code {code}, mate',
    };
    const saved = await save({ templates: { default: { locale: 'en', sms } } });
    expect(saved).toMatchObject({ status: 200, body: { setBy: { templates: 'application' } } });
    expect((await send(newPhone(), { locale: 'de-CH' })).text).toMatch(/^Code \d{6} von shop, 5 min$/);
    expect((await send(newPhone(), { locale: 'de-AT' })).text).toMatch(/^Servus! Code: \d{6}$/);
    expect((await send(newPhone(), { locale: 'fr', template: 'default' })).text).toMatch(/^Code \d{6}, mate$/);
  });

  test('a start names one that there is, and the code in it approves', async () => {
    await save({
      templates: {
        login: {
          maxSegments: 2,
          sms: { en: 'Код „{sender}“: {code}. Он действует {minutes} мин. Никому не говорите его.' },
        },
      },
    });
    const { status, body } = await start(newPhone(), { template: 'signup' });
    expect([status, body['code'], body['templates']]).toEqual([422, 'unknown-template', ['default', 'login']]);
    const { id, text, entry } = await send(newPhone(), { template: 'login', webOtpOrigin: 'shop.example' });
    expect(text).toMatch(/^Код „shop“: (\d{6})\. [^\n]+\n\n@shop\.example #\1$/);
    expect(entry).toMatchObject({ encoding: 'ucs2', segments: 2 });
    expect((await check(id, text)).body).toMatchObject({ status: 'approved' });
  });

  test('that an operator saved stay as they are under the application’s own key', async () => {
    await save({ templates: { default: { sms: { en: 'Own {code}' } } } }, 'operator');
    expect(await save({ templates: {} })).toMatchObject({ status: 422, body: { sections: ['templates'] } });
    expect((await send(newPhone())).text).toMatch(/^Own \d{6}$/);
    expect((await save({ templates: undefined }, 'operator')).status).toBe(200);
  });
});

describe('a template that tells a payment', () => {
  const PAYMENT = { locale: 'en', sms: { en: '{amount} to {payee}: {code}' } };
  const binding = { amount: '1.234,50\u00a0€', payee: 'Müller & Söhne' };
  beforeAll(() => save({ templates: { payment: PAYMENT } }));

  test('is refused without a payment, and over a channel of which it says nothing', async () => {
    expect((await start(newPhone(), { template: 'payment' })).body).toMatchObject({ code: 'template-needs-binding' });
    const both = { to: { phone: newPhone(), email: 'ada@example.org' }, channels: ['sms', 'email'] };
    const { status, body } = await call('POST', '/v1/verifications', { ...both, template: 'payment', binding });
    expect([status, body['code'], body['channels']]).toEqual([422, 'template-lacks-channel', ['email']]);
  });

  test('tells it, and its code approves nothing else', async () => {
    const { id, text, entry } = await send(newPhone(), { template: 'payment', binding });
    expect(text).toMatch(/^1\.234,50 € to Müller & Söhne: \d{6}$/);
    expect(entry).toMatchObject({ encoding: 'gsm7', segments: 1 });
    const other = { binding: { ...binding, payee: 'Meier' } };
    expect((await check(id, text, other)).status).toBe(404);
    expect((await check(id, text, { binding })).body).toMatchObject({ status: 'approved' });
  });

  test('R90 is among what is held about a person, with what was told of who asked', async () => {
    const phone = newPhone();
    const endUser = { ip: '192.0.2.77', deviceId: 'tablet' };
    const { body } = await start(phone, { template: 'payment', binding, endUser, limitKeys: { session: 's-1' } });
    const exported = await call('POST', '/v1/admin/recipients/export', { to: { phone } });
    const held = { id: body['id'], binding, endUser, limitKeys: { session: 's-1' } };
    expect(exported).toMatchObject({ status: 200, body: { verifications: [held] } });
  });

  test('is refused where the payment makes more messages of it than were allowed', async () => {
    const long = { template: 'payment', binding: { ...binding, payee: 'Пекарня '.repeat(9).trim() } };
    expect((await start(newPhone(), long)).body).toMatchObject({ code: 'text-too-long', segments: 2, maxSegments: 1 });
  });
});

describe('the sender', () => {
  const senders = { sms: { default: 'Shop', AT: '72727' } };

  test('is an operator’s to say, and the provider’s where nobody says', async () => {
    expect((await send(newPhone())).from).toBe('Own');
    expect(await save({ senders })).toMatchObject({ status: 422, body: { sections: ['senders'] } });
    const { status, body } = await save({ senders: { sms: { default: 'A name too long' } } }, 'operator');
    expect([status, body['detail']]).toEqual([400, expect.stringContaining('senders.sms.default: must be')]);
  });

  test('is the one of the country', async () => {
    expect((await save({ senders }, 'operator')).body).toMatchObject({ effective: { senders } });
    expect((await send(newPhone())).from).toBe('Shop');
    expect((await send('+436601234567')).from).toBe('72727');
  });
});

test('R48 an SMS of two segments costs twice as much', async () => {
  const prices = { currency: 'EUR', prices: [{ channel: 'sms', amount: '0.05' }] };
  const key = { authorization: `Bearer ${operator}` };
  const { etag } = await call('GET', '/v1/admin/prices', undefined, key);
  expect((await call('PUT', '/v1/admin/prices', prices, { ...key, 'if-match': etag })).status).toBe(200);
  await save({ templates: { long: { maxSegments: 2, sms: { en: `{code} ${'x'.repeat(180)}` } } } });
  const { id } = await send(newPhone(), { template: 'long' });
  const [delivery] = await store.database.query('SELECT price_micros FROM deliveries WHERE message_id = $1', [id]);
  expect(delivery).toEqual({ price_micros: '100000' });
});
