import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './built-in-words.js';
import { directionOf } from './locales.js';
import { messageText } from './message-text.js';
import type { Template } from './templates.js';

/** Words that name the locale they were written in, which a text of the built-in words has nowhere. */
const written = (locales: string[]) => Object.fromEntries(locales.map((locale) => [locale, `[${locale}] {code}`]));
const template = (locales: string[], locale?: string): Template => ({
  ...{ sms: written(locales), voice: written(locales) },
  email: Object.fromEntries(locales.map((of) => [of, { subject: 'x', text: `[${of}] {code}` }])),
  ...(locale !== undefined && { locale }),
});

/** Whose words somebody gets, and in which locale they are told to be. */
function says(of: Template, channel: 'sms' | 'voice' | 'email', asked: string) {
  const parts = { code: '012345', sender: 'Shop', application: 'Shop', validForSeconds: 60, locale: asked };
  const { text, locale } = messageText(channel, parts, of);
  return { words: /\[(.+?)\]/.exec(text)?.[1] ?? 'built in', locale };
}

const GERMAN = template(['de', 'de-AT', 'fr'], 'fr');
const ALONE = template(['de', 'de-AT', 'fr']);
const CHINESE = template(['zh', 'zh-TW', 'en'], 'en');
const PORTUGUESE = template(['pt', 'pt-BR', 'en'], 'en');

describe.each(['sms', 'voice', 'email'] as const)('R53 who is written to over %s', (channel) => {
  it.each([
    [GERMAN, 'de-AT', 'de-AT', 'de-AT'],
    [GERMAN, 'de-CH', 'de', 'de-CH'],
    [GERMAN, 'de', 'de', 'de'],
    [GERMAN, 'it', 'fr', 'fr'],
    [GERMAN, 'xx', 'fr', 'fr'],
    [ALONE, 'it-CH', 'built in', 'it-CH'],
    [ALONE, 'cs-CZ', 'built in', 'en'],
    [{}, 'de-AT', 'built in', 'de-AT'],
    [{}, 'xx-YY', 'built in', 'en'],
    [CHINESE, 'zh-CN', 'zh', 'zh-CN'],
    [CHINESE, 'zh-SG', 'zh', 'zh-SG'],
    [CHINESE, 'zh-TW', 'zh-TW', 'zh-TW'],
    [CHINESE, 'zh-HK', 'zh-TW', 'zh-HK'],
    [CHINESE, 'zh-MO', 'zh-TW', 'zh-MO'],
    [template(['zh', 'en'], 'en'), 'zh-TW', 'zh', 'zh-TW'],
    [template(['zh-TW', 'en'], 'en'), 'zh-CN', 'en', 'en'],
    [PORTUGUESE, 'pt-BR', 'pt-BR', 'pt-BR'],
    [PORTUGUESE, 'pt-PT', 'pt', 'pt-PT'],
  ])('%# of %j asks for %s, gets %s and is told %s', (of, asked, words, locale) => {
    expect(says(of, channel, asked)).toEqual({ words, locale });
  });

  it.each([
    ['zh-CN', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['pt-PT', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['ar-MA', 'ar'],
  ])('is told in %s what is built in for %s', (asked, of) => {
    const parts = { code: '012345', sender: 'Shop', application: 'Shop', validForSeconds: 60 };
    expect(Object.keys(BUILT_IN)).toContain(of);
    expect(messageText(channel, { ...parts, locale: asked }).text).toBe(
      messageText(channel, { ...parts, locale: of }).text,
    );
  });
});

it('is written from right to left in some languages, whatever the country', () => {
  expect(['ar', 'ar-EG', 'he-IL', 'fa', 'en', 'zh-TW', 'xx'].map(directionOf)).toEqual([
    ...['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'ltr'],
  ]);
});
