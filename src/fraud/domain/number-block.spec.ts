import { describe, expect, it } from 'vitest';
import { blockOf, neighboursOf } from './number-block.js';

describe('a block of numbers', () => {
  it('R46 has ten thousand of them', () => {
    expect(blockOf('+4915112345678')).toBe('+491511234');
    expect(blockOf('+4915112349999')).toBe(blockOf('+4915112340000'));
  });
});

describe('the neighbours of a number', () => {
  it('R46 are the five on both sides, also where a block ends', () => {
    expect(neighboursOf('+4915112350002').sort()).toEqual(
      [
        ...['+4915112349997', '+4915112349998', '+4915112349999', '+4915112350000', '+4915112350001'],
        ...['+4915112350003', '+4915112350004', '+4915112350005', '+4915112350006', '+4915112350007'],
      ].sort(),
    );
  });
});
