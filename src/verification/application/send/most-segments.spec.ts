import { expect, it } from 'vitest';
import { measureSms } from '../../../delivery/domain/sms-text.js';
import { BUILT_IN } from '../../domain/built-in-words.js';
import { messageText } from '../../domain/message-text.js';
import { mostSegments } from './most-segments.js';

const settings = { senderName: 'x'.repeat(20), applicationName: 'Shop', templates: {} };
const origin = 'a-name.as-long-as-any.that-is-taken.in.example.org';

/** What the 7-bit alphabet can not spell at all. */
const IN_16_BITS = ['ar', 'zh', 'zh-TW'];

it.each(Object.keys(BUILT_IN))('R62 the built-in words in %s are one segment with the longest values', (locale) => {
  const longest = { code: '0'.repeat(10), validForSeconds: 999 * 60 };
  const { text } = messageText('sms', { ...longest, locale, sender: 'x'.repeat(20), application: 'Shop' });
  const encoding = IN_16_BITS.includes(locale) ? 'ucs2' : 'gsm7';
  expect(measureSms(text)).toEqual({ encoding, segments: 1 });
  expect(mostSegments('sms', { locale }, settings)).toBe(1);
});

it('lines for apps count, and a template of two', () => {
  const wording = { locale: 'de', webOtpOrigin: origin, androidAppHash: 'AbCdEfGhIjK' };
  expect(mostSegments('sms', wording, settings)).toBe(2);
  const templates = { long: { maxSegments: 2, sms: { de: `${'x'.repeat(150)} {code}` } } };
  expect(mostSegments('sms', { locale: 'de', template: 'long' }, { ...settings, templates })).toBe(2);
});

it('calls and mails are one', () => {
  for (const channel of ['voice', 'email'] as const)
    expect(mostSegments(channel, { locale: 'de', webOtpOrigin: origin }, settings)).toBe(1);
});
