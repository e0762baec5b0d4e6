import { expect, it } from 'vitest';
import { senderSettingsSchema } from './sender-settings.js';

const accepts = (senders: object) => senderSettingsSchema.safeParse(senders).success;

it.each([{}, { sms: { default: 'Shop', DE: '72727', US: '+15551234567' }, voice: { default: '+4930123456' } }])(
  'senders may be %j',
  (senders) => {
    expect(accepts(senders)).toBe(true);
  },
);

it.each([
  { sms: { default: 'A name too long' } },
  { sms: { DE: '' } },
  { sms: { de: 'Shop' } },
  { sms: { XX: 'Shop' } },
  { sms: 'Shop' },
  { sms: { DE: 'a\r\nb' } },
  { voice: { default: 'Shop' } },
  { voice: { default: '0301234567' } },
  { voice: { default: '72727' } },
  { email: { default: 'a@b.example' } },
])('senders may not be %j', (senders) => {
  expect(accepts(senders)).toBe(false);
});
