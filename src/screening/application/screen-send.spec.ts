import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../shared/channel.js';
import { parseEmail } from '../../shared/email-address.js';
import { parsePhone } from '../../shared/phone-number.js';
import type { Recipient } from '../../shared/recipient.js';
import { readListedValue, type ListKind } from '../domain/listed-value.js';
import { emptyLists, type ListName, type OwnerLists } from '../domain/owner-lists.js';
import { KeyedNames, Lists } from './ports.js';
import { ScreenSend } from './screen-send.js';

/** Two keys, as while a rotation is under way. */
class TestNames extends KeyedNames {
  of = (text: string): [string, string] => [`new ${text}`, `old ${text}`];
  seal = (text: string) => text;
}

class TestLists extends Lists {
  readonly installation = emptyLists();
  readonly shop = emptyLists();
  time = 1_000;
  of = (applicationId: string): OwnerLists[] =>
    applicationId === 'shop' ? [this.shop, this.installation] : [this.installation];
  now = () => this.time;
}

const MOBILE = '+4915112345678';
const EVERY = { sms: 'all', voice: 'all' } as const;
let lists: TestLists;

beforeEach(() => {
  lists = new TestLists();
});

function read(text: string): Recipient {
  const recipient = text.includes('@') ? parseEmail(text) : parsePhone(text);
  if (!recipient) throw new Error(`${text} is no recipient`);
  return recipient;
}

interface Asked {
  channel?: Channel;
  ip?: string;
  applicationId?: string;
  countries?: { sms: 'all' | string[]; voice: 'all' | string[] };
}

function screen(to: string, { applicationId = 'shop', channel, countries = EVERY, ip }: Asked = {}) {
  const address = read(to);
  const over = channel ?? (address.kind === 'email' ? 'email' : 'sms');
  return new ScreenSend(lists, new TestNames()).screen({ applicationId, channel: over, address, ip, countries });
}

const reason = (to: string, asked?: Asked) => {
  const screening = screen(to, asked);
  return screening.kind === 'refused' ? screening.reason : screening.safe ? 'safe' : 'allowed';
};

function put(list: ListName, kind: ListKind, text: string, { of = lists.shop, until = Infinity, key = 'new ' } = {}) {
  const value = readListedValue(kind, text);
  if (!value) throw new Error(`${text} is no ${kind}`);
  of[list].put(kind, (kind === 'number' || kind === 'email' ? key : '') + value.key, until);
}

describe('countries', () => {
  it('R44 are none unless they are named, apart for SMS and voice', () => {
    expect(reason(MOBILE, { countries: { sms: [], voice: [] } })).toBe('country-not-allowed');
    const countries = { sms: ['DE', 'AT'], voice: ['AT'] };
    expect(reason(MOBILE, { countries })).toBe('allowed');
    expect(reason(MOBILE, { countries, channel: 'voice' })).toBe('country-not-allowed');
    expect(reason('+436641234567', { countries, channel: 'voice' })).toBe('allowed');
    expect(screen('+33612345678', { countries })).toMatchObject({
      detail: expect.stringMatching(/FR.*sms.*countries\.sms/) as string,
    });
  });

  it('R44 R45 numbers of none are in none, not even in all', () => {
    expect(reason('+881612345678')).toBe('number-type');
  });

  it('are nothing that e-mail has', () => {
    expect(reason('ada@example.org', { countries: { sms: [], voice: [] } })).toBe('allowed');
  });
});

describe('lists', () => {
  it.each<[ListKind, string, string]>([
    ['number', '+49 151 12345678', MOBILE],
    ['prefix', '+49151', MOBILE],
    ['prefix', '+49', MOBILE],
    ['email', 'a+b@example.org', 'A+c@example.org'],
    ['email-domain', 'example.org', 'ada@mail.example.org'],
  ])('block by %s: %s covers %s', (kind, entry, to) => {
    expect(reason(to)).toBe('allowed');
    put('block', kind, entry);
    expect(reason(to)).toBe('blocked');
  });

  it.each<[ListKind, string, string]>([
    ['number', '+4915112345679', MOBILE],
    ['prefix', '+49152', MOBILE],
    ['email', 'ada@example.org', 'bob@example.org'],
    ['email-domain', 'example.org', 'ada@notexample.org'],
  ])('block by %s: %s does not cover %s', (kind, entry, to) => {
    put('block', kind, entry);
    expect(reason(to)).toBe('allowed');
  });

  it('block an end user by its address, whatever is sent to whom', () => {
    put('block', 'ip', '2001:db8::/32');
    expect(reason('ada@example.org', { ip: '2001:db8:1::1' })).toBe('blocked-address');
    expect(reason('ada@example.org', { ip: '2001:db9::1' })).toBe('allowed');
    put('safe', 'ip', '2001:db8:1::/48');
    expect(reason('ada@example.org', { ip: '2001:db8:1::1' })).toBe('allowed');
  });

  it('find an entry under the older key while a rotation is under way', () => {
    put('block', 'number', MOBILE, { key: 'old ' });
    expect(reason(MOBILE)).toBe('blocked');
  });

  it('stop counting an entry at once when its time is over', () => {
    put('block', 'prefix', '+49', { until: 2_000 });
    lists.time = 1_999;
    expect(reason(MOBILE)).toBe('blocked');
    lists.time = 2_000;
    expect(reason(MOBILE)).toBe('allowed');
  });

  it('of two entries take the more exact one, and of equals the block', () => {
    put('block', 'prefix', '+49151');
    put('safe', 'prefix', '+49');
    expect(reason(MOBILE)).toBe('blocked');
    put('safe', 'prefix', '+491511');
    expect(reason(MOBILE)).toBe('safe');
    put('block', 'number', MOBILE);
    expect(reason(MOBILE)).toBe('blocked');
    put('safe', 'number', MOBILE);
    expect(reason(MOBILE)).toBe('blocked');
  });

  it('an expired safe entry trusts nobody', () => {
    put('block', 'prefix', '+49151');
    put('safe', 'number', MOBILE, { until: 500 });
    expect(reason(MOBILE)).toBe('blocked');
  });

  it('I10 of one application are nothing to another; the installation’s are for all, and no application lifts them', () => {
    put('block', 'number', MOBILE);
    expect(reason(MOBILE, { applicationId: 'bank' })).toBe('allowed');
    put('block', 'prefix', '+43', { of: lists.installation });
    put('safe', 'number', '+436641234567');
    expect(reason('+436641234567')).toBe('blocked');
    expect(reason('+436641234567', { applicationId: 'bank' })).toBe('blocked');
  });

  it('trust a number whatever kind it is of, but not its country', () => {
    put('safe', 'number', '+498001234567');
    expect(reason('+498001234567')).toBe('safe');
    expect(reason('+498001234567', { countries: { sms: ['AT'], voice: [] } })).toBe('country-not-allowed');
  });
});
