import { ScureBase32Plugin } from '@otplib/plugin-base32-scure';
import { expect, it } from 'vitest';
import type { TotpParameters } from '../domain/factor.js';
import { FOREIGN_SECRET_BYTES } from '../domain/foreign-factor.js';
import { OtplibTotpCodes } from './otplib-totp-codes.js';

const totp = new OtplibTotpCodes();
const APPS: TotpParameters = { algorithm: 'SHA1', digits: 6, period: 30 };
const SECRET = Buffer.from('12345678901234567890');

/** As an app is given it: the vectors' secret is these twenty characters, and not what they would be as base32. */
const IN_BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** RFC 4226 appendix D: counter, and the 31 bits that a code is the end of. */
const TRUNCATED = [
  ...[1284755224, 1094287082, 137359152, 1726969429, 1640338314],
  ...[868254676, 1918287922, 82162583, 673399871, 645520489],
].map(String);
const hotp = (step: number, digits = 6) => (TRUNCATED[step] ?? '').slice(-digits);

/** RFC 6238 appendix B: seconds, step, and the codes by SHA-1, SHA-256 and SHA-512 of 8 digits. */
const APPENDIX_B = [
  [59, 0x1, '94287082', '46119246', '90693936'],
  [1111111109, 0x23523ec, '07081804', '68084774', '25091201'],
  [1111111111, 0x23523ed, '14050471', '67062674', '99943326'],
  [1234567890, 0x273ef07, '89005924', '91819424', '93441116'],
  [2000000000, 0x3f940aa, '69279037', '90698825', '38618901'],
  [20000000000, 0x27bc86aa, '65353130', '77737706', '47863826'],
] as const;

it.each(Array.from(TRUNCATED.keys()))('R65 RFC 4226 appendix D, counter %i, with 6, 7 and 8 digits', (step) => {
  const secret = Buffer.from(new ScureBase32Plugin().decode(IN_BASE32));
  const now = step * 30_000;
  for (const digits of [6, 7, 8] as const) {
    const at = { parameters: { ...APPS, digits }, now, window: 0 };
    expect(totp.matchedStep(hotp(step, digits), secret, at)).toBe(step);
    expect(totp.matchedStep(hotp((step + 1) % 10, digits), secret, at)).toBeNull();
  }
});

it.each(APPENDIX_B)('R65 RFC 6238 appendix B at %i s', (seconds, step, sha1, sha256, sha512) => {
  const codes = { SHA1: [20, sha1], SHA256: [32, sha256], SHA512: [64, sha512] } as const;
  for (const algorithm of ['SHA1', 'SHA256', 'SHA512'] as const) {
    const [bytes, code] = codes[algorithm];
    const secret = Buffer.alloc(bytes, SECRET);
    const at = { parameters: { algorithm, digits: 8, period: 30 } as const, now: seconds * 1000, window: 0 };
    expect(totp.matchedStep(code, secret, at)).toBe(step);
    expect(totp.matchedStep(code, Buffer.alloc(bytes, 'x'), at)).toBeNull();
  }
});

it.each([
  [0, [5]],
  [1, [4, 5, 6]],
  [2, [3, 4, 5, 6, 7]],
])('R67 R68 a window of %i takes these steps and tells which it was', (window, taken) => {
  // The first and the last millisecond of step 5.
  for (const now of [150_000, 179_999]) {
    const matched = TRUNCATED.map((_, step) => totp.matchedStep(hotp(step), SECRET, { parameters: APPS, now, window }));
    expect(matched).toEqual(TRUNCATED.map((_, step) => (taken.includes(step) ? step : null)));
  }
});

it.each([15, 60])('R68 a period of %i s is counted in its own steps', (period) => {
  const at = (now: number) => ({ parameters: { ...APPS, period }, now, window: 0 });
  expect(totp.matchedStep(hotp(3), SECRET, at(3 * period * 1000))).toBe(3);
  expect(totp.matchedStep(hotp(3), SECRET, at(4 * period * 1000 - 1))).toBe(3);
  expect(totp.matchedStep(hotp(3), SECRET, at(4 * period * 1000))).toBeNull();
});

it.each(['', '75522', '7552240', ' 755224', '755224\n', '75522a', '７５５２２４', '-55224', '0x5224'])(
  'R10 %j is a wrong guess and no error',
  (code) => {
    expect(totp.matchedStep(code, SECRET, { parameters: APPS, now: 0, window: 1 })).toBeNull();
  },
);

it('R70 whatever length of secret is imported can be computed with', () => {
  for (const bytes of Object.values(FOREIGN_SECRET_BYTES)) {
    const at = { parameters: APPS, now: 0, window: 1 };
    expect(totp.matchedStep('755224', Buffer.alloc(bytes, 1), at)).toBeNull();
  }
});
