import { expect, it } from 'vitest';
import { isGsm7 } from './gsm7.js';

it.each(['Your code is 012345. It is valid for 5 minutes.', 'Grüße à 10 € [~]', 'Δ_ΦΓ'])(
  '7 bits carry "%s"',
  (text) => {
    expect(isGsm7(text)).toBe(true);
  },
);

it.each(['Ihr „Code“', 'Ваш код 1', 'ç', '🔑', 'a\u0000'])('7 bits do not carry "%s"', (text) => {
  expect(isGsm7(text)).toBe(false);
});
