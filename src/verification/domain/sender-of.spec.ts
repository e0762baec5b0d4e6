import { expect, it } from 'vitest';
import { senderOf } from './sender-of.js';

const to = (country: string) => ({ kind: 'phone', value: '+491511234567', country }) as const;
const senders = { sms: { default: 'Shop', DE: '72727' }, voice: { US: '+15551234567' } };

it.each([
  ['sms', 'DE', '72727'],
  ['sms', 'AT', 'Shop'],
  ['sms', 'ZZ', 'Shop'],
  ['voice', 'US', '+15551234567'],
  ['voice', 'DE', undefined],
] as const)('over %s to %s it is %s', (channel, country, sender) => {
  expect(senderOf(senders, channel, to(country))).toBe(sender);
});

it('where nothing is said, and for e-mail, it is the provider’s matter', () => {
  expect(senderOf({}, 'sms', to('DE'))).toBeUndefined();
  expect(senderOf(senders, 'email', { kind: 'email', value: 'ada@example.org' })).toBeUndefined();
});
