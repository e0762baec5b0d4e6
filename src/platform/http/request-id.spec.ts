import { expect, it } from 'vitest';
import { requestIds } from './request-id.js';

const named = (id?: string) => requestIds()({ headers: { 'x-request-id': id } });

it.each(['7b0c5e1c-2f6a-4f0e-9d0e-1c2d3e4f5a6b', '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'a'.repeat(64)])('takes %s', (given) => {
  expect(named(given)).toBe(given);
});

it.each([undefined, '', '123456', '+4915112345678', 'a'.repeat(65), `a"b${'x'.repeat(20)}`, `ä${'x'.repeat(20)}`])(
  'names a request itself that came with %s',
  (given) => {
    expect(named(given)).toMatch(/^[\w-]{12}-1$/);
  },
);

it('names no two alike', () => {
  const name = requestIds();
  expect(new Set([name({ headers: {} }), name({ headers: {} }), named()]).size).toBe(3);
});
