import { expect, it } from 'vitest';
import { keySlot } from './key-slot.js';

it.each([
  // The check value of CRC16 XMODEM, 0x31C3, and the examples of the cluster specification.
  ['123456789', 12_739],
  ['foo', 12_182],
  ['{user1000}.following', 3_443],
  ['{user1000}.followers', 3_443],
  ['user1000', 3_443],
  ['', 0],
])('%s is in slot %i', (key, slot) => {
  expect(keySlot(key)).toBe(slot);
});

it.each([
  ['only the first tag counts', 'foo{bar}{zap}', 'bar'],
  ['the tag ends at the first closing brace', 'foo{{bar}}zap', '{bar'],
  ['a brace that is never closed is no tag', 'foo{bar', 'foo{bar'],
])('%s', (_, key, same) => {
  expect(keySlot(key)).toBe(keySlot(same));
});

it('takes the whole key when the first tag is empty', () => {
  expect(keySlot('foo{}{bar}')).not.toBe(keySlot('bar'));
});
