import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/channel.js';
import { messageText, type MessageParts } from './message-text.js';

const parts: MessageParts = {
  code: '012345',
  sender: 'Twenty letters long.',
  application: 'Shop',
  validForSeconds: 299,
  locale: 'en',
};

describe('message text', () => {
  it.each(CHANNELS)('carries the code with its digits together: %s', (channel) => {
    for (const locale of ['en', 'de', 'de-AT', 'xx'])
      expect(messageText(channel, { ...parts, locale }).text).toContain('012345');
  });

  it('R37 says the code twice on the phone', () => {
    expect(messageText('voice', parts).text.split('012345')).toHaveLength(3);
  });

  it('falls back from a region to its language, and from an unknown language to English', () => {
    expect(messageText('sms', { ...parts, locale: 'de-AT' }).text).toContain('Ihr');
    expect(messageText('sms', { ...parts, locale: 'zz' }).text).toContain('your');
  });

  it('R53 ends with the line that binds the code to its site, and only in a text message', () => {
    const bound = { ...parts, webOtpOrigin: 'login.example.org', androidAppHash: 'AbCdEfGhIjK' };
    expect(messageText('sms', bound).text.split('\n').at(-1)).toBe('@login.example.org #012345');
    expect(messageText('email', bound).text).not.toContain('@login');
  });

  it('R37 says the words of a template twice on the phone, the code as digits', () => {
    const template = { voice: { de: '{sender}: {code}' } };
    const digits = { digits: '012345' };
    expect(messageText('voice', { ...parts, sender: '{code}', locale: 'de-AT' }, template)).toEqual({
      ...{ locale: 'de-AT', text: '{code}: 012345 {code}: 012345' },
      speech: ['{code}', ': ', digits, ' ', '{code}', ': ', digits],
    });
    expect(messageText('voice', parts, template)).toEqual(messageText('voice', parts));
  });

  it('never says less than a minute', () => {
    expect(messageText('sms', { ...parts, validForSeconds: 4 }).text).toContain('1 min');
  });

  it('says the minutes that are left, and a begun one with them', () => {
    for (const [seconds, minutes] of [
      [600, 10],
      [541, 10],
      [540, 9],
      [60, 1],
    ] as const)
      expect(messageText('sms', { ...parts, validForSeconds: seconds }).text).toContain(` ${String(minutes)} min`);
  });

  it('is told to be in the language of its words', () => {
    for (const channel of ['sms', 'email'] as const) {
      expect(messageText(channel, { ...parts, locale: 'de-AT' }).locale).toBe('de-AT');
      expect(messageText(channel, { ...parts, locale: 'zz' }).locale).toBe('en');
    }
  });

  it('tells a payment with spaces that every phone has', () => {
    const payment = { ...parts, binding: { amount: '1\u202f234,50\u00a0€', payee: 'Bäckerei' } };
    const template = { locale: 'en', sms: { en: '{amount} an {payee}: {code}' } };
    expect(messageText('sms', payment, template).text).toBe('1 234,50 € an Bäckerei: 012345');
  });

  it('tells no payment backwards, nor on a line of its own', () => {
    const payment = { ...parts, binding: { amount: '\u202e00\u200f,01\u061c\u200e €\u202c', payee: 'Bob\u2028Eve' } };
    const template = { locale: 'en', sms: { en: '{amount} an {payee}: {code}' } };
    expect(messageText('sms', payment, template).text).toBe('00,01 € an Bob Eve: 012345');
  });

  it('takes what is put in as it is: braces of a payee name nothing', () => {
    const payment = { ...parts, binding: { amount: '{payee}', payee: '{code} $& {sender}' } };
    const template = { locale: 'en', sms: { en: '{amount} an {payee}: {code}' } };
    expect(messageText('sms', payment, template).text).toBe('{payee} an {code} $& {sender}: 012345');
  });
});
