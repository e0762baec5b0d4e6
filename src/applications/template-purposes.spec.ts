import { expect, it } from 'vitest';
import { templateSettingsSchema } from './template-settings.js';

/** What is told to whoever saves it; nothing where it may be saved. */
const problemsOf = (login: object) =>
  templateSettingsSchema.safeParse({ login }).error?.issues.map(({ message }) => message) ?? [];

const TEXT = '{code} {purpose} {sender} {minutes} Minuten lang gültig, nicht weitergeben.';
const mail = { de: { subject: '{purpose}', text: '{code}' } };

it.each([
  { sms: { de: TEXT }, purposes: { de: { login: 'Anmeldung', 'new device': 'neues Gerät' } } },
  { sms: { de: TEXT }, purposes: { de: { a: 'Zahlung' }, 'de-AT': { a: 'Überweisung' } } },
  { sms: { 'de-AT': TEXT }, purposes: { de: { a: 'Zahlung' } } },
  { sms: { de: '{code}' }, purposes: { en: { login: 'login' } } },
  { email: mail, purposes: { de: { login: 'Anmeldung' } } },
  { sms: { ar: '{code} {purpose}' }, purposes: { ar: { login: 'تسجيل الدخول' } } },
])('R62 a template may tell what its code is for: %j', (template) => {
  expect(problemsOf(template)).toEqual([]);
});

it.each([
  [{}, 'names {purpose}, and so needs purposes: its words for each, by locale'],
  [{ purposes: { en: { a: 'A' } } }, 'names {purpose} in de, and has no purposes in de'],
  [
    { purposes: { de: { a: 'A', b: 'B' }, en: { a: 'A' } } },
    'has no words for the purpose b in en, and has some in others',
  ],
  [{ purposes: { de: { 'a\n': 'A' } } }, 'is not a purpose: 1 to 64 visible characters'],
  [
    { purposes: { de: { a: 'Anmeldung', b: 'Płatność' } } },
    'with the longest values 84 characters in ucs2 (for łść); maxSegments 1 has room for 70',
  ],
])('R62 one that does needs words of its own for it: %j', (more, problem) => {
  expect(problemsOf({ sms: { de: TEXT }, ...more })).toEqual([problem]);
});

it.each([
  [{ voice: { de: '{code} {purpose}' } }, 'names {purpose} in de, and has no purposes in de'],
  [{ email: mail }, 'names {purpose} in de, and has no purposes in de'],
])('R62 whatever the channel: %j', (template, problem) => {
  expect(problemsOf({ ...template, purposes: { en: { a: 'A' } } })).toEqual([problem]);
});

it.each(['Zahlungsüberweisungen', 'shop.example', '{code}', '<b>', 'A&B', 'Code 123456', 'x\u202ey', ' A', ''])(
  'R62 the words are short, no link, no markup, and have nothing that looks like a code: %j',
  (words) => {
    const [problem, ...more] = problemsOf({ sms: { de: '{code} {purpose}' }, purposes: { de: { a: words } } });
    expect([problem, more]).toEqual([expect.stringContaining('is 1 to 20 letters'), []]);
  },
);
