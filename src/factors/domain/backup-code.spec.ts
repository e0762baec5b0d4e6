import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Random } from '../../shared/random.js';
import { backupCodeDigest, grouped, makeBackupCode, readBackupCode } from './backup-code.js';

const drawn = (...bytes: number[]): Random => ({ bytes: () => Buffer.from(bytes) }) as unknown as Random;

it('R72 a backup code is 13 characters of base32, each by five bits of its own', () => {
  expect(makeBackupCode(drawn(0, 25, 26, 31, 32, 57, 58, 63, 224, 249, 250, 255, 1))).toBe('AZ27AZ27AZ27B');
  const codes = Array.from({ length: 1_000 }, () => makeBackupCode(drawn(...randomBytes(13))));
  expect(codes.filter((code) => /^[A-Z2-7]{13}$/.test(code))).toHaveLength(1_000);
  expect(new Set(codes).size).toBe(1_000);
  const counts = new Map<string, number>();
  for (const character of codes.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
  // 13,000 drawn: 406 of each of the 32, give or take five standard deviations of 20.
  expect(counts.size).toBe(32);
  for (const count of counts.values()) expect(Math.abs(count - 406)).toBeLessThan(100);
});

it('is read however it was typed, and as nothing else', () => {
  expect(grouped('ABCDEFGH23456')).toBe('ABCD-EFGH-23456');
  for (const typed of ['ABCD-EFGH-23456', 'abcdefgh23456', ' ABCD EFGH 23456 ', 'a-b-c-d-e-f-g-h-2-3-4-5-6'])
    expect(readBackupCode(typed)).toBe('ABCDEFGH23456');
  for (const typed of [
    '',
    'ABCDEFGH2345',
    'ABCDEFGH234567',
    'ABCDEFGH2345١',
    'ABCDEFGH23451',
    'ABCDEFGH\n23456',
    'ſBCDEFGH23456',
  ])
    expect(readBackupCode(typed)).toBeNull();
});

it('is found by a digest that only its own list has', () => {
  const digest = backupCodeDigest(Buffer.alloc(32, 1), 'ABCDEFGH23456');
  expect(digest).toHaveLength(32);
  expect(backupCodeDigest(Buffer.alloc(32, 2), 'ABCDEFGH23456').equals(digest)).toBe(false);
});
