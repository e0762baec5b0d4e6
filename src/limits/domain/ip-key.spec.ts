import { describe, expect, test } from 'vitest';
import { ipKey } from './ip-key.js';

describe('ipKey', () => {
  test('R40 counts every address of an IPv6 /64 as one', () => {
    const neighbours = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:0:0:0'];

    expect(new Set(neighbours.map(ipKey))).toEqual(new Set(['2001:db8:1:2::/64']));
    expect(ipKey('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  });

  test('R40 does not depend on how an IPv6 address is spelled', () => {
    const spellings = [
      '2001:db8::1',
      '2001:DB8:0:0::1',
      '2001:0db8:0000:0000:0000:0000:0000:0001',
      '2001:db8::0.0.0.1',
    ];

    expect(new Set(spellings.map(ipKey))).toEqual(new Set(['2001:db8:0:0::/64']));
  });

  test('R40 sees the IPv4 address in IPv6 clothes', () => {
    const aliases = ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:192.0.2.7'];

    expect(new Set(aliases.map(ipKey))).toEqual(new Set(['192.0.2.7']));
  });

  test('ignores the zone of a link-local address', () => {
    expect(ipKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  test.each(['', 'unknown', '192.0.2', '192.0.2.07', '1.2.3.4, 5.6.7.8', '1.2.3.4:443', '[::1]', '%', ':::1'])(
    'has no key for %j, which is no address',
    (text) => {
      expect(ipKey(text)).toBeNull();
    },
  );
});
