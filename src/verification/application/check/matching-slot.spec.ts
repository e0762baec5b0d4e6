import { expect, it } from 'vitest';
import { matchingSlot } from './matching-slot.js';

const digest = Buffer.alloc(32, 7).toString('base64url');

it('finds the slot whose digest it is', () => {
  const slots = [
    { channel: 'sms' as const, digest: Buffer.alloc(32, 1).toString('base64url') },
    { channel: 'voice' as const, digest },
  ];
  expect(matchingSlot(slots, digest)?.channel).toBe('voice');
});

it.each([
  ['no slot', [], digest],
  ['an empty stored digest', [{ channel: 'sms' as const, digest: '' }], digest],
  ['both empty', [{ channel: 'sms' as const, digest: '' }], ''],
  ['a shorter digest with the same beginning', [{ channel: 'sms' as const, digest: digest.slice(0, 20) }], digest],
])('R10 never matches %s', (_, slots, given) => {
  expect(matchingSlot(slots, given)).toBeNull();
});
