import { expect, test } from 'vitest';
import { inBase32, oathCode, scanned } from '../support/oathtool.js';

/** RFC 6238, appendix B: the secrets are these digits over and over, as long as the hash. */
const secretOf = (length: number) => Buffer.from('1234567890'.repeat(7).slice(0, length));

test.each([
  ['SHA1', 20, '94287082'],
  ['SHA256', 32, '46119246'],
  ['SHA512', 64, '90693936'],
])('the authenticator of the tests shows what RFC 6238 says for %s', async (algorithm, length, code) => {
  const secret = await inBase32(secretOf(length));
  expect(await oathCode({ secret, algorithm, digits: 8 }, 59_000)).toBe(code);
  expect(await oathCode({ secret, algorithm, digits: 8, period: 60 }, 119_000)).toBe(code);
});

test('it takes from an address what apps take', () => {
  expect(scanned('otpauth://totp/ACME:ada?secret=GEZDGNBV')).toEqual({
    secret: 'GEZDGNBV',
    algorithm: null,
    digits: 6,
    period: 30,
  });
});
