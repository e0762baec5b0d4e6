import { describe, expect, it } from 'vitest';
import { emailWords, smsWords, templateOf, type Template } from './templates.js';

const own: Template = { locale: 'fr', sms: { 'de-AT': 'Servus', de: 'Hallo', fr: 'Salut' } };

describe('the words of a template', () => {
  it.each([
    ['de-AT', 'Servus', 'de-AT'],
    ['de-CH', 'Hallo', 'de-CH'],
    ['de', 'Hallo', 'de'],
    ['it', 'Salut', 'fr'],
  ])('for %s are %s, which are %s', (locale, words, said) => {
    expect(smsWords(own, locale)).toEqual({ words, locale: said });
  });

  it.each([
    ['it-CH', 'il suo codice', 'it-CH'],
    ['zz', 'your {sender} code', 'en'],
  ])('without a locale of its own are the built-in ones of the language, else English: %s', (locale, words, said) => {
    const { sms = {} } = own;
    expect(smsWords({ sms }, locale)).toEqual({ words: expect.stringContaining(words) as string, locale: said });
  });

  it('over a channel of which it says nothing are the built-in ones', () => {
    expect(emailWords(own, 'fr').words.subject).toBe('Votre code {sender}');
  });
});

describe('a template', () => {
  it('is found by its name, and none by a name that every object has', () => {
    expect(templateOf({ payment: own }, 'payment')).toBe(own);
    for (const name of ['other', 'constructor', 'toString']) expect(templateOf({ payment: own }, name)).toBeNull();
  });

  it('default is there without being written', () => {
    expect(templateOf({})).toEqual({});
    expect(templateOf({ default: own })).toBe(own);
  });
});
