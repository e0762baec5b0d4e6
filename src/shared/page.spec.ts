import { expect, test } from 'vitest';
import { pageOf, placeAfter } from './page.js';

const rows = ['a', 'b', 'c'];
const itself = (row: string) => row;

test('a page tells of another one only where there is more, also when its last row is the very last', () => {
  expect(pageOf(rows, 2, itself)).toEqual({ found: ['a', 'b'], nextCursor: 'Yg' });
  expect(pageOf(rows, 3, itself)).toEqual({ found: rows });
  expect(pageOf([], 3, itself)).toEqual({ found: [] });
});

test('a cursor leads back to its place, and what no page gave is refused', () => {
  const { nextCursor = '' } = pageOf(['7|x', '8|y'], 1, itself);

  expect(placeAfter(nextCursor, /^(\d+)\|(\w)$/)).toEqual(['7', 'x']);
  for (const other of ['', 'eA', '7|x']) expect(() => placeAfter(other, /^(\d+)\|(\w)$/)).toThrow('cursor');
});
