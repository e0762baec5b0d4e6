import { describe, expect, it } from 'vitest';
import { neighboursOf } from './neighbours.js';

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
