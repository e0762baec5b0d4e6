import { expect, it } from 'vitest';
import { SystemRandom } from '../platform/system-random.js';
import { hashOf, looksLikeSecret, makeSecret } from './api-key.js';

it('R77 makes secrets of 256 random bits that look like secrets', () => {
  const secrets = Array.from({ length: 1_000 }, () => makeSecret(new SystemRandom()));
  expect(new Set(secrets).size).toBe(1_000);
  expect(secrets.every(looksLikeSecret)).toBe(true);
  expect(Buffer.from(secrets[0]?.slice(3) ?? '', 'base64url')).toHaveLength(32);
});

it.each([
  '',
  'ek_',
  `ek_${'a'.repeat(42)}`,
  `ek_${'a'.repeat(44)}`,
  `sk_${'a'.repeat(43)}`,
  `ek_${'ä'.repeat(43)}`,
  `ek_${'a'.repeat(43)}\n`,
])('does not take %j for a secret', (text) => {
  expect(looksLikeSecret(text)).toBe(false);
});

it('stores the SHA-256 of a secret', () => {
  const digest = '103552cc2ce604028c55415e24c16e86b16ed58302b2938321db87cb961a4882';
  expect(hashOf('ek_abc')).toBe(digest);
});
