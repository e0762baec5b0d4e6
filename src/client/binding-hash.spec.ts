import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bindingHash } from './binding-hash.js';

test.each([
  { amount: '42.00 EUR', payee: 'Fahrradladen Süd' },
  { amount: '1', payee: '' },
])('R74 is base64url of SHA-256 over amount, U+0000 and payee: %j', async ({ amount, payee }) => {
  const expected = createHash('sha256').update(amount).update(Buffer.of(0)).update(payee).digest('base64url');
  expect(await bindingHash({ amount, payee })).toBe(expected);
});

test('tells where the amount ends', async () => {
  expect(await bindingHash({ amount: '1', payee: '0 EUR' })).not.toBe(
    await bindingHash({ amount: '10', payee: ' EUR' }),
  );
});
