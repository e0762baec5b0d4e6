import { describe, expect, it } from 'vitest';
import { NetworkRules } from './network-rules.js';

const strict = new NetworkRules([]);

describe('R86 without networks of the operator’s own', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.15.255.255', '100.63.255.255', '2606:4700::6810:84e5', '2a00:1450::1'])(
    '%s is told',
    (address) => {
      expect(strict.allows(address, 'https:')).toBe(true);
      expect(strict.allows(address, 'http:')).toBe(false);
    },
  );

  it.each([
    ...['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
    ...[
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '100.127.255.254',
      'fc00::1',
      'fd12::1',
    ],
    ...[
      '169.254.169.254',
      '169.254.0.1',
      'fe80::1',
      'fe80::1%eth0',
      'fd00:ec2::254',
      'fd20:ce::254',
      '100.100.100.200',
      '168.63.129.16',
    ],
    ...['192.0.0.192', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
    ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', 'ff02::1', 'ff0e::1'],
    // IPv4 in IPv6: mapped, compatible, translated, NAT64 (both prefixes), 6to4, Teredo.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '::ffff:0:127.0.0.1'],
    ...[
      '64:ff9b::7f00:1',
      '64:ff9b:1::a00:1',
      '2002:7f00:1::',
      '2002:808:808::1',
      '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    ],
    ...['2001:db8::1', '2001:10::1', '2001:20::1', '3fff::1', '100::1', 'fec0::1', '5f00::1', '4000::1', 'e000::1'],
    ...['0177.0.0.1', '0x7f.0.0.1', '2130706433', '127.1', '8.8.8', 'example.com', '', '8.8.8.8/32', ' 8.8.8.8'],
  ])('%s is not told', (address) => {
    expect(strict.allows(address, 'https:')).toBe(false);
  });
});

describe('R86 with networks of the operator’s own', () => {
  const own = new NetworkRules([
    { network: '10.20.0.0/16', plain: false },
    { network: 'fd12:3456::/32', plain: true },
    { network: '169.0.0.0/8', plain: true },
    { network: 'fd20::/16', plain: false },
  ]);

  it('they are told, without TLS only where that is allowed', () => {
    expect([own.allows('10.20.1.2', 'https:'), own.allows('10.20.1.2', 'http:')]).toEqual([true, false]);
    expect([own.allows('fd12:3456::1', 'https:'), own.allows('fd12:3456::1', 'http:')]).toEqual([true, true]);
    expect([strict.plain, own.plain]).toEqual([false, true]);
  });

  it('nothing beside them is, and no other spelling of them', () => {
    for (const address of ['10.21.0.1', '192.168.1.1', 'fd12:3457::1', '::ffff:10.20.1.2', '64:ff9b::a14:102'])
      expect(own.allows(address, 'https:')).toBe(false);
  });

  it('what only machines themselves may read stays refused', () => {
    for (const address of ['169.254.169.254', 'fd20:ce::254']) expect(own.allows(address, 'https:')).toBe(false);
    for (const address of ['169.254.169.254', '169.254.7.7', 'fe80::1', 'fd20:ce::254', '168.63.129.16'])
      expect(own.forbids(address)).toBe(true);
    for (const address of ['10.0.0.1', '127.0.0.1', '8.8.8.8', 'x']) expect(own.forbids(address)).toBe(false);
    for (const address of ['169.1.2.3', 'fd20:ce::253']) expect(own.allows(address, 'https:')).toBe(true);
  });
});

it('R86 the process’s own machine is told where everything is embedded, and in an installation with stores only by name', () => {
  const named = { privateNetworks: ['10.20.0.0/16'], http: false };
  const [alone, shared] = [NetworkRules.of(named, { embedded: true }), NetworkRules.of(named, { embedded: false })];
  for (const address of ['127.0.0.1', '::1'])
    expect([alone.allows(address, 'http:'), shared.allows(address, 'https:')]).toEqual([true, false]);
  expect([alone, shared].map((rules) => rules.allows('10.20.1.2', 'https:'))).toEqual([true, true]);
  expect(shared.allows('10.20.1.2', 'http:')).toBe(false);
});
