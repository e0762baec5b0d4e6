import { expect, it } from 'vitest';
import { ipBits, readIpRange } from './ip-bits.js';

it.each([
  ['192.0.2.1', '::ffff:192.0.2.1'],
  ['192.0.2.1', '::FFFF:c000:201'],
  ['2001:db8::1', '2001:0DB8:0:0:ffff::2'],
  ['fe80::1', 'fe80::1%eth0'],
])('R40 %s and %s are one', (one, other) => {
  expect(ipBits(one)).toBe(ipBits(other));
});

it.each([
  ['192.0.2.17', '192.0.2.17/32'],
  ['192.0.2.17/24', '192.0.2.0/24'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
  ['2001:db8::1', '2001:db8::/64'],
  ['2001:DB8:FFFF::/33', '2001:db8:8000::/33'],
  ['2001:db8::/16', '2001::/16'],
])('reads %s as %s', (text, range) => {
  expect(readIpRange(text)?.text).toBe(range);
});

it('a range holds its addresses and no other', () => {
  const { bits = '-' } = readIpRange('192.0.2.0/23') ?? {};
  expect(['192.0.2.0', '192.0.3.255'].map((ip) => ipBits(ip)?.startsWith(bits))).toEqual([true, true]);
  expect(['192.0.1.255', '192.0.4.0'].map((ip) => ipBits(ip)?.startsWith(bits))).toEqual([false, false]);
});

it.each([
  '',
  '1.2.3',
  '1.2.3.4/7',
  '1.2.3.4/33',
  '1.2.3.4/',
  '1.2.3.4/8/8',
  '::/0',
  '2001:db8::/15',
  '2001:db8::/65',
  'x',
])('refuses %j', (text) => {
  expect(readIpRange(text)).toBeNull();
});
