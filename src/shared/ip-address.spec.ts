import { describe, expect, it } from 'vitest';
import { networkOf } from './ip-address.js';

describe('the network of an address', () => {
  it.each([
    ['198.51.100.77', '198.51.100.0/24'],
    ['2001:db8:5:6::1', '2001:db8:5::/48'],
    ['2001:0DB8:0005:ffff:1:2:3:4%eth0', '2001:db8:5::/48'],
    ['::ffff:198.51.100.77', '198.51.100.0/24'],
  ])('R26 of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is nothing for what is no address', () => {
    expect(networkOf('198.51.100')).toBeNull();
  });
});
