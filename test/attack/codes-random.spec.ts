/**
 * Codes and ids that can be foretold: `Math.random`, a modulo that prefers small digits, leading zeros that get lost when a
 * code passes through a number (otplib#164), version-1 UUIDs as ids (ASVS 11.5.1).
 */
import { expect, test } from 'vitest';
import { SystemRandom } from '../../src/platform/system-random.js';

const random = new SystemRandom();
const CODES = 1_000_000;
const LENGTH = 6;

/** χ² of p = 0.001 for so many degrees of freedom (Wilson and Hilferty). */
function critical(freedom: number): number {
  const part = 2 / (9 * freedom);
  return freedom * (1 - part + 3.0902 * Math.sqrt(part)) ** 3;
}

function chiSquare(counts: Uint32Array): number {
  const expected = CODES / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

// One honest run in a thousand exceeds the bound, both of two one in a million.
test('R1 a million codes are uniform, and a tenth of them begin with 0', { retry: 1 }, () => {
  const digits = Array.from({ length: LENGTH }, () => new Uint32Array(10));
  const beginnings = new Uint32Array(1_000);
  let misshapen = 0;
  for (let n = 0; n < CODES; n += 1) {
    const code = random.digits(LENGTH);
    if (code.length !== LENGTH) misshapen += 1;
    for (const [place, counts] of digits.entries()) {
      const digit = code.charCodeAt(place) - 48;
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    const beginning = Number(code.slice(0, 3));
    beginnings[beginning] = (beginnings[beginning] ?? 0) + 1;
  }

  expect(misshapen).toBe(0);
  expect(digits.reduce((sum, counts) => sum + chiSquare(counts), 0)).toBeLessThan(critical(LENGTH * 9));
  expect(chiSquare(beginnings)).toBeLessThan(critical(999));
  expect(Math.abs((digits[0]?.[0] ?? 0) / CODES - 0.1)).toBeLessThan(0.002);
});

test.each([6, 7, 8, 9, 10])('R3 a code of %i digits has as many', (length) => {
  for (let n = 0; n < 1_000; n += 1) expect(random.digits(length)).toMatch(new RegExp(`^[0-9]{${String(length)}}$`));
});

test('R24 an id is 128 bits, each as often 0 as 1', () => {
  const count = 10_000;
  const ones = new Uint32Array(128);
  const ids = new Set(Array.from({ length: count }, () => random.id('ver')));
  for (const id of ids) {
    expect(id).toMatch(/^ver_[A-Za-z0-9_-]{22}$/);
    const bytes = Buffer.from(id.slice(4), 'base64url');
    for (let bit = 0; bit < 128; bit += 1) ones[bit] = (ones[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
  }

  expect(ids.size).toBe(count);
  // Six standard deviations: a bit that is fixed or shared is far outside.
  for (const sum of ones) expect(Math.abs(sum - count / 2)).toBeLessThan(6 * Math.sqrt(count / 4));
});
