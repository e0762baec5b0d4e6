import { describe, expect, test } from 'vitest';
import { addressAt, phoneAt } from './people.js';

/** As many as the largest attack asks for, and those of the attacks before it. */
const CROWD = 150_000;

const crowd = <T>(of: (n: number) => T) => Array.from({ length: CROWD }, (_, n) => of(n));

describe('the people of an attack', () => {
  test('are all different, however many there are', () => {
    const phones = crowd((n) => phoneAt(n, '00'));
    expect(new Set(phones).size).toBe(CROWD);
    expect(phones.filter((phone) => !/^\+49151\d{6}00$/.test(phone))).toEqual([]);
  });

  test('have blocks of ten thousand numbers to themselves, as long as there are blocks', () => {
    const blocks = new Set(crowd((n) => phoneAt(n, '00').slice(0, -4)).slice(0, 10_000));
    expect(blocks.size).toBe(10_000);
  });

  test('sit in networks of their own', () => {
    expect(new Set(crowd((n) => addressAt(n).replace(/\d+$/, '0/24'))).size).toBe(CROWD);
  });

  test('are never somebody else when there are no more', () => {
    expect(() => phoneAt(1_000_000, '00')).toThrow('used up');
    expect(() => addressAt(89 * 65_536)).toThrow('used up');
  });
});
