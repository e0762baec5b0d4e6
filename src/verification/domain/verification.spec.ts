import { describe, expect, it } from 'vitest';
import { contextText, cooldownSeconds } from './verification.js';

describe('cooldown', () => {
  it('R28 grows from 30 s to 240 s and no further', () => {
    expect([1, 2, 3, 4, 5, 9].map(cooldownSeconds)).toEqual([30, 60, 120, 240, 240, 240]);
  });
});

describe('context', () => {
  it('R23 tells every pair of contexts apart, also those whose parts read alike when joined', () => {
    const contexts = [
      {},
      { subject: 'a' },
      { purpose: 'a' },
      { subject: 'a', purpose: 'b' },
      { subject: 'a","b' },
      { binding: { amount: '1', payee: 'x' } },
      { binding: { amount: '1x', payee: '' } },
      { subject: 'null' },
    ];
    expect(new Set(contexts.map(contextText)).size).toBe(contexts.length);
  });

  it('is the same however the members were ordered', () => {
    const payee = { payee: 'x', amount: '1' };
    expect(contextText({ purpose: 'p', subject: 's', binding: payee })).toBe(
      contextText({ subject: 's', purpose: 'p', binding: { amount: '1', payee: 'x' } }),
    );
  });
});
