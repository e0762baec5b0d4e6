import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { eventually } from '../support/eventually.js';
import { newPhone } from '../support/login.js';
import { sectionOf } from '../support/page-code.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { WholeService } from '../support/whole-service.js';

/** What is shown of messages before they are sent, and that it is what is sent. The whole service, in this process. */
let store: TestDatabase;
let service: WholeService;
let operator: string;
let shop: { id: string; key: string };

const LOGIN = {
  locale: 'en',
  sms: { en: '{code}: {purpose} at {application}', ar: '{code} {purpose} في {application}' },
  purposes: { en: { login: 'Sign-in' }, ar: { login: 'تسجيل الدخول' } },
};

beforeAll(async () => {
  store = await openTestDatabase();
  service = await WholeService.start(store.database);
  operator = await service.operatorKey();
  shop = await service.tenant('shop');
  const settings = { countries: EVERY_COUNTRY, senderName: 'Shop', templates: { login: LOGIN } };
  const saved = await call('PUT', '/v1/admin/settings', settings);
  expect(saved).toMatchObject({ status: 200, body: { effective: { applicationName: 'shop' } } });
});
afterAll(async () => {
  await service.close();
  await store.close();
});

async function call(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, key = shop.key) {
  const headers = { authorization: `Bearer ${key}`, 'if-match': '"1"' };
  const reply = await service.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
}

interface Shown {
  previews: { channel: string; typical: { text: string; html?: string; encoding?: string } }[];
}
const PREVIEW = '/v1/admin/templates/preview';
const shown = async (order: object) => (await call('POST', PREVIEW, order)).body as unknown as Shown;

/** What the sandbox's carrier was given for a start. */
async function sent(start: object): Promise<string> {
  const { status, body } = await call('POST', '/v1/verifications', start);
  expect({ status, body }).toMatchObject({ status: 202 });
  return eventually(async () => {
    const { messages } = (await call('GET', '/sandbox/messages')).body as {
      messages: { verificationId: string; text: string }[];
    };
    const message = messages.find(({ verificationId }) => verificationId === body['id']);
    if (!message) throw new Error('It was not sent.');
    return message.text;
  });
}

test.each([
  ['login', 'ar-EG'],
  ['login', 'fr'],
  ['default', 'ar'],
  ['default', 'zh-HK'],
  ['default', 'pt-BR'],
])('R53 what is shown of %s in %s is what is sent, but for the code', async (template, locale) => {
  const about = { template, purpose: 'login', webOtpOrigin: 'shop.example' };
  const { previews } = await shown({ ...about, locales: [locale], channels: ['sms'] });
  const text = await sent({ ...about, locale, channels: ['sms'], to: { phone: newPhone() } });
  const code = /#(\d{6})$/.exec(text)?.[1] ?? 'none';
  expect(code).not.toBe('123456');
  expect(text.replaceAll(code, '123456')).toBe(previews[0]?.typical.text);
});

describe('R62 a draft', () => {
  test('is shown in each locale, and saved nowhere', async () => {
    const draft = { locale: 'de', email: { de: { subject: 'Ihr Code', text: 'Code: {code}', html: '<p>{code}</p>' } } };
    const { previews } = await shown({ draft, locales: ['de-AT', 'tr'], channels: ['email'] });
    expect(previews).toMatchObject([
      { locale: 'de-AT', words: 'template', typical: { locale: 'de-AT', subject: 'Ihr Code', text: 'Code: 123456' } },
      { locale: 'tr', words: 'template', typical: { locale: 'de' } },
    ]);
    expect(previews[0]?.typical.html).toContain('<p><strong dir="ltr"');
    const { body } = await call('GET', '/v1/admin/settings');
    expect(body).toMatchObject({ version: 2, settings: { templates: { login: LOGIN } } });
  });

  test.each([
    [{ draft: { sms: { de: '{code} shop.example' } } }, 'draft.sms.de: holds a link'],
    [{ draft: { sms: { de: `{code} ${'ж'.repeat(90)}` } } }, 'draft.sms.de: with the longest values 101 characters'],
    [{ draft: { sms: { de: '{code} {purpose}' } } }, 'draft: names {purpose}'],
    [{ template: 'login', draft: {} }, 'draft: names a template and has a draft; one of them'],
    [{ locales: ['german'] }, 'locales.0: is not a locale'],
    [{ code: '123456' }, 'code: there is no such option'],
  ])('is held to what a save is: %j', async (order, why) => {
    const { status, body } = await call('POST', PREVIEW, order);
    expect([status, body['code']]).toEqual([400, 'invalid-request']);
    expect(body['detail']).toContain(why);
  });
});

test('a start says what its code is for in words that there are', async () => {
  for (const purpose of [undefined, 'signup', 'evil.example']) {
    const start = { template: 'login', purpose, channels: ['sms'], to: { phone: newPhone() } };
    const { status, body } = await call('POST', '/v1/verifications', start);
    expect([status, body['code'], body['purposes']]).toEqual([422, 'template-needs-purpose', ['login']]);
  }
});

test('an operator sees any application’s, and nobody else does', async () => {
  const path = `/v1/admin/applications/${shop.id}/templates/preview`;
  const order = { template: 'login', channels: ['sms'], locales: ['en'] };
  const seen = await call('POST', path, order, operator);
  expect(seen).toEqual(await call('POST', PREVIEW, order));
  expect(seen.body).toMatchObject({ previews: [{ typical: { text: '123456: Sign-in at shop' } }] });
  const { key } = await service.tenant('reader', ['read', 'verify']);
  expect((await call('POST', PREVIEW, order, key)).status).toBe(403);
  expect((await call('POST', path, order)).status).toBe(403);
  const nobodys = '/v1/admin/applications/app_AAAAAAAAAAAAAAAAAAAAAA/templates/preview';
  expect((await call('POST', nobodys, order, operator)).status).toBe(404);
});

test('the documentation shows what is really answered', async () => {
  const section = await sectionOf('templates.md', 'See it before anybody does');
  const blocks = Array.from(section.matchAll(/```json\n(.+?)```/gs), ([, json = '']) => JSON.parse(json) as object);
  const [order = {}, answer] = blocks;
  expect(await call('POST', PREVIEW, order)).toEqual({ status: 200, body: answer });
});
