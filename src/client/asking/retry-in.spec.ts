import { expect, test } from 'vitest';
import { retryInMs } from './retry-in.js';

const answered = (status: number, more: object = {}) => ({ status, body: { code: 'some-code' }, ...more });

test('comes back where the answer may be another: nobody answered, a balancer did, or the first try is still at work', () => {
  expect(retryInMs({ code: 'network', detail: '' }, 1, 0)).toBe(100);
  expect(retryInMs({ code: 'timeout', detail: '' }, 1, 0)).toBe(100);
  for (const status of [502, 503, 504]) expect(retryInMs(answered(status), 1, 0)).toBe(100);
  expect(retryInMs({ status: 409, body: { code: 'idempotency-in-flight' } }, 1, 0)).toBe(100);
});

test('does not where it would be told the same, or where the caller gave up', () => {
  for (const status of [200, 301, 400, 401, 404, 409, 410, 422, 429, 500])
    expect(retryInMs(answered(status), 1, 0), String(status)).toBeNull();
  expect(retryInMs({ code: 'aborted', detail: '' }, 1, 0)).toBeNull();
});

test('waits longer each time, and not at the same moment as everybody else', () => {
  expect([1, 2].map((tries) => retryInMs(answered(503), tries, 0))).toEqual([100, 200]);
  expect([1, 2].map((tries) => retryInMs(answered(503), tries, 0.5))).toEqual([150, 300]);
  expect(retryInMs(answered(503, { retryAfterSeconds: 2 }), 1, 0.5)).toBe(2_150);
});
