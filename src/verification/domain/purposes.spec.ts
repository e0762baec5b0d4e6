import { describe, expect, it } from 'vitest';
import { messageText } from './message-text.js';
import { canTellPurpose, isAsMeant, purposeWords } from './purposes.js';
import type { Template } from './templates.js';

const login: Template = {
  locale: 'en',
  sms: { en: '{purpose} at {application}: {code}', de: '{purpose} bei {application}: {code}' },
  voice: { en: '{purpose}: {code}' },
  email: { en: { subject: '{purpose}', text: '{code} {purpose}' } },
  purposes: { en: { login: 'Sign-in' }, de: { login: 'Anmeldung' }, 'de-AT': { login: 'Einstieg' } },
};
const parts = { code: '012345', sender: 'My Shop', application: 'Shop Ltd', validForSeconds: 60, purpose: 'login' };

describe('R62 what a code is for', () => {
  it.each([
    ['en-GB', 'Sign-in at Shop Ltd: 012345'],
    ['de-CH', 'Anmeldung bei Shop Ltd: 012345'],
    ['de-AT', 'Einstieg bei Shop Ltd: 012345'],
    ['pl', 'Sign-in at Shop Ltd: 012345'],
  ])('is told to %s in words of the application: %s', (locale, text) => {
    expect(messageText('sms', { ...parts, locale }, login).text).toBe(text);
  });

  it('is told over every channel', () => {
    expect(messageText('voice', { ...parts, locale: 'en' }, login).text).toBe('Sign-in: 012345 Sign-in: 012345');
    expect(messageText('email', { ...parts, locale: 'en' }, login)).toMatchObject({
      ...{ subject: 'Sign-in', text: '012345 Sign-in' },
    });
  });

  it('is known by the words there are, and by none that every object has', () => {
    expect(canTellPurpose(login, 'login')).toBe(true);
    for (const purpose of [undefined, 'payment', 'constructor', '__proto__']) {
      expect(canTellPurpose(login, purpose)).toBe(false);
      expect(purposeWords(login, 'en', purpose)).toBeUndefined();
    }
    expect(canTellPurpose({ sms: { en: '{code}' } }, undefined)).toBe(true);
  });

  it('is never the caller’s own word', () => {
    const text = messageText('sms', { ...parts, locale: 'en', purpose: 'evil.example' }, login).text;
    expect(text).not.toContain('evil');
    expect(isAsMeant(login, { purpose: 'evil.example' })).toBe(false);
    expect(isAsMeant(login, { purpose: 'login' })).toBe(true);
  });
});
