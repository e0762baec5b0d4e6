import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

it('does not depend on the order in which members were written', () => {
  expect(canonicalJson({ b: 1, a: { d: [3, { y: 1, x: 2 }], c: null } })).toBe(
    canonicalJson({ a: { c: null, d: [3, { x: 2, y: 1 }] }, b: 1 }),
  );
});

it('tells values apart that differ', () => {
  expect(canonicalJson({ a: ['1'] })).not.toBe(canonicalJson({ a: [1] }));
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  expect(canonicalJson({ a: {} })).not.toBe(canonicalJson({ a: [] }));
});

it('survives a way through JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value));
    }),
  );
});
