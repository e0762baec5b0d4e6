import { expect, it } from 'vitest';
import { isGsm7, measureSms, smsPlacesLeft, smsSegments } from './sms-text.js';

it.each(['Your code is 012345. It is valid for 5 minutes.', 'Grüße à 10 € [~]', 'Δ_ΦΓ'])(
  '7 bits carry "%s"',
  (text) => {
    expect(isGsm7(text)).toBe(true);
  },
);

it.each(['Ihr „Code“', 'Ваш код 1', 'ç', '🔑', 'a\u0000'])('7 bits do not carry "%s"', (text) => {
  expect(isGsm7(text)).toBe(false);
});

it.each([
  ['a'.repeat(160), 'gsm7', 1],
  ['a'.repeat(161), 'gsm7', 2],
  ['a'.repeat(306), 'gsm7', 2],
  ['a'.repeat(307), 'gsm7', 3],
  [`${'a'.repeat(158)}€`, 'gsm7', 1],
  [`${'a'.repeat(159)}€`, 'gsm7', 2],
  ['Ж'.repeat(70), 'ucs2', 1],
  ['Ж'.repeat(71), 'ucs2', 2],
  ['Ж'.repeat(135), 'ucs2', 3],
  ['🔑'.repeat(35), 'ucs2', 1],
  ['🔑'.repeat(36), 'ucs2', 2],
  ['', 'gsm7', 1],
])('measures %j', (text, encoding, segments) => {
  expect(measureSms(text)).toEqual({ encoding, segments });
});

it.each([
  ['', 160],
  ['a'.repeat(159), 1],
  [`${'a'.repeat(158)}€`, 0],
  ['a'.repeat(161), 145],
  ['a'.repeat(306), 0],
  [`${'a'.repeat(152)}€${'b'.repeat(10)}`, 141],
  ['Ж', 69],
  [`${'Ж'.repeat(67)}${'a'.repeat(10)}`, 57],
])('knows how much more %j may hold', (text, left) => {
  expect(smsPlacesLeft(text)).toBe(left);
  const filled = measureSms(text + 'a'.repeat(left));
  expect(filled).toEqual(measureSms(text));
  expect(measureSms(`${text}${'a'.repeat(left)}a`).segments).toBe(filled.segments + 1);
});

it('cuts no character in two, and loses none', () => {
  for (const text of [`${'a'.repeat(152)}€${'b'.repeat(160)}`, `${'Ж'.repeat(66)}🔑${'Ж'.repeat(40)}`]) {
    const parts = smsSegments(text);
    expect(parts.join('')).toBe(text);
    expect(parts[0]).toHaveLength(text.startsWith('a') ? 152 : 66);
  }
});
