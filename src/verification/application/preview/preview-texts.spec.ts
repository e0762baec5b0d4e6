import { describe, expect, it } from 'vitest';
import type { Templates } from '../../domain/templates.js';
import type { Tenants } from '../ports.js';
import type { PreviewOrder } from './preview-order.js';
import { PreviewTexts } from './preview-texts.js';

const templates: Templates = {
  default: { locale: 'en', sms: { en: '{code} is your {sender} code.', de: '{code} ist Ihr Code bei {sender}.' } },
  payment: { locale: 'en', sms: { en: '{amount} to {payee}: {code}' } },
  login: {
    sms: { en: '{code}: {purpose} at {application}' },
    purposes: { en: { login: 'Sign-in', transfer: 'Überweisung ş' } },
  },
};
const settings = {
  ...{ senderName: 'Shop', applicationName: 'Shop Ltd', locale: 'de', templates, voice: { keyPress: true } },
  policy: { codeLength: 8, ttlSeconds: 300 },
};
const asked: string[] = [];
const tenants = {
  settings: (applicationId: string) => {
    asked.push(applicationId);
    return Promise.resolve(settings);
  },
} as unknown as Tenants;
const preview = (order: PreviewOrder) => new PreviewTexts(tenants).execute('app_1', order);
const sms = async (order: PreviewOrder) => (await preview({ channels: ['sms'], ...order })).previews[0];
const code = (value: string) => expect.objectContaining({ code: value }) as Error;

describe('a preview', () => {
  it('is of every channel, in the application’s locale, of its default template', async () => {
    const { previews } = await preview({});
    expect(previews.map(({ channel, locale, words }) => [channel, locale, words])).toEqual([
      ['sms', 'de', 'template'],
      ['voice', 'de', 'built-in'],
      ['email', 'de', 'built-in'],
    ]);
    expect(asked).toEqual(['app_1']);
  });

  it('shows a text message with typical values and with the longest, and what room is left', async () => {
    expect(await sms({ locales: ['de-AT'] })).toEqual({
      ...{ channel: 'sms', locale: 'de-AT', words: 'template' },
      typical: {
        ...{ locale: 'de-AT', text: '12345678 ist Ihr Code bei Shop.' },
        ...{ encoding: 'gsm7', segments: 1, charactersLeft: 129 },
      },
      longest: {
        ...{ locale: 'de-AT', text: `1234567890 ist Ihr Code bei ${'x'.repeat(20)}.` },
        ...{ encoding: 'gsm7', segments: 1, charactersLeft: 111 },
      },
    });
  });

  it('tells in which language the words really are', async () => {
    expect(await sms({ locales: ['cs'] })).toMatchObject({ words: 'template', typical: { locale: 'en' } });
    expect(await sms({ locales: ['cs'], draft: {} })).toMatchObject({ words: 'built-in', typical: { locale: 'en' } });
  });

  it('says what a call says, digit by digit, and what it asks first', async () => {
    const { previews } = await preview({ channels: ['voice'], locales: ['en'] });
    expect(previews).toMatchObject([
      {
        keyQuestion: 'This is Shop. Press 1 to hear your code.',
        typical: {
          text: 'Your Shop code is 12345678. Once more: 12345678.',
          speech: ['Your ', 'Shop', ' code is ', { digits: '12345678' }, '. Once more: ', { digits: '12345678' }, '.'],
        },
      },
    ]);
  });

  it('counts the lines for browsers and apps', async () => {
    const of = await sms({ locales: ['en'], webOtpOrigin: 'shop.example', androidAppHash: 'FA+9qCX9VSu' });
    expect(of?.typical.text).toBe('12345678 is your Shop code.\n\nFA+9qCX9VSu\n\n@shop.example #12345678');
    expect(of?.typical.charactersLeft).toBe(160 - 27 - 13 - 25);
  });

  it('shows a payment, a sample where none is given', async () => {
    expect(await preview({ template: 'payment' })).toMatchObject({ tellsPayment: true, purposes: [] });
    expect((await sms({ template: 'payment' }))?.typical.text).toBe('12.50 EUR to Example Ltd: 12345678');
    const binding = { amount: '5 €', payee: 'Пекарня'.repeat(10) };
    expect(await sms({ template: 'payment', binding })).toMatchObject({
      typical: { text: `5 € to ${'Пекарня'.repeat(10)}: 12345678`, encoding: 'ucs2', segments: 2 },
    });
  });

  it('shows a purpose in the application’s words, the longest as it takes the most room', async () => {
    expect(await preview({ template: 'login', locales: ['en'] })).toMatchObject({ purposes: ['login', 'transfer'] });
    expect(await sms({ template: 'login', locales: ['en'] })).toMatchObject({
      typical: { text: '12345678: Sign-in at Shop Ltd' },
      longest: { text: expect.stringContaining('Überweisung ş') as string, encoding: 'ucs2' },
    });
    expect((await sms({ template: 'login', locales: ['en'], purpose: 'login' }))?.longest.encoding).toBe('gsm7');
  });

  it('is refused for what no start could have', async () => {
    await expect(preview({ template: 'other' })).rejects.toThrow(code('unknown-template'));
    await expect(preview({ template: 'login', purpose: 'signup' })).rejects.toThrow(code('template-needs-purpose'));
    const binding = { amount: '1', payee: 'evil.example' };
    await expect(preview({ template: 'payment', binding })).rejects.toThrow(code('link-in-text'));
  });
});
