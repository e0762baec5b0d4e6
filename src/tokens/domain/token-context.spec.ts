import { expect, it } from 'vitest';
import { bindingHash } from './binding-hash.js';
import { contextMismatches } from './token-context.js';

const binding = { amount: '12.00 EUR', payee: 'Shop' };
const bare = { subject: null, purpose: null, bindingHash: null };
const full = { subject: 'user-1', purpose: 'payment', bindingHash: bindingHash(binding) };

it('R23 what a token names and what is wanted are the same', () => {
  expect(contextMismatches(bare, {})).toEqual([]);
  expect(contextMismatches(full, { subject: 'user-1', purpose: 'payment', binding })).toEqual([]);
});

it('R23 what a token names must be wanted', () => {
  expect(contextMismatches(full, {})).toEqual(['subject', 'purpose', 'binding']);
});

it('R23 what is wanted must be named', () => {
  expect(contextMismatches(bare, { subject: 'user-1', purpose: 'payment', binding })).toEqual([
    ...['subject', 'purpose', 'binding'],
  ]);
});

it.each([
  ['subject', { subject: 'user-2', purpose: 'payment', binding }],
  ['subject', { subject: 'User-1', purpose: 'payment', binding }],
  ['purpose', { subject: 'user-1', purpose: 'login', binding }],
  ['binding', { subject: 'user-1', purpose: 'payment', binding: { ...binding, amount: '120.00 EUR' } }],
  ['binding', { subject: 'user-1', purpose: 'payment', binding: { ...binding, payee: 'shop' } }],
])('R23 another %s is told', (name, wanted) => {
  expect(contextMismatches(full, wanted)).toEqual([name]);
});
