import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { bindingHash } from './binding-hash.js';

it('R74 names a payment by the SHA-256 of its amount, a zero byte and its payee', () => {
  const bytes = Buffer.concat([Buffer.from('12.00 €'), Buffer.alloc(1), Buffer.from('Bäckerei Müller')]);
  const expected = createHash('sha256').update(bytes).digest('base64url');
  expect(bindingHash({ amount: '12.00 €', payee: 'Bäckerei Müller' })).toBe(expected);
});

it('R74 moves nothing between amount and payee unseen', () => {
  expect(bindingHash({ amount: '12', payee: '3 Shop' })).not.toBe(bindingHash({ amount: '123', payee: ' Shop' }));
});
