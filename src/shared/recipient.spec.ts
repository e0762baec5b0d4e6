import { describe, expect, it } from 'vitest';
import { parseEmail } from './email-address.js';
import { parsePhone } from './phone-number.js';
import { addressFor, countedAs, mask, type Recipient } from './recipient.js';

const phone = parsePhone('+4915112345678') ?? undefined;
const email = parseEmail('ada+shop@example.org') ?? undefined;

describe('addressFor', () => {
  it('gives a channel the address it can use, or none', () => {
    const to = { ...(phone && { phone }), ...(email && { email }) };
    expect(
      ['sms' as const, 'voice' as const, 'email' as const].map((channel) => addressFor(channel, to)?.kind),
    ).toEqual(['phone', 'phone', 'email']);
    expect(addressFor('email', {})).toBeUndefined();
  });
});

describe('R38 countedAs', () => {
  it('is one name for every spelling and sub-address of one person', () => {
    const names = (recipients: (Recipient | null)[]) => new Set(recipients.map((one) => one && countedAs(one)));
    const spellings = ['+4915112345678', '0049 151 12345678', '0151/12345678'];
    expect(names(spellings.map((text) => parsePhone(text, 'DE')))).toEqual(new Set(['phone:+4915112345678']));
    const addresses = ['ADA@example.org', 'ada+1@example.org', 'ada+2@Example.ORG'];
    expect(names(addresses.map(parseEmail))).toEqual(new Set(['email:ada@example.org']));
  });
});

describe('mask', () => {
  it.each([
    ['+4915112345678', '+49151•••••78'],
    ['+12025550123', '+1202•••••23'],
    ['+4930123', '+49•••••23'],
    ['ada@example.org', 'a•••@example.org'],
    ['a@example.org', 'a•••@example.org'],
  ])('shows %s as %s', (address, masked) => {
    expect(mask(address)).toBe(masked);
  });

  it('hides at least four digits of every number of usual length', () => {
    for (let length = 8; length <= 15; length += 1) {
      const shown = mask(`+${'1'.repeat(length)}`).replace(/\D/g, '').length;
      expect(length - shown).toBeGreaterThanOrEqual(4);
    }
  });
});
