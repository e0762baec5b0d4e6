import { expect, it } from 'vitest';
import { resolveName } from './resolve-name.js';

it('a name without a dot is found as the system finds it', async () => {
  const addresses = await resolveName('localhost');
  expect(addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
  expect(addresses.length).toBeGreaterThan(0);
});
