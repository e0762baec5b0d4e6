import { expect, test } from 'vitest';
import { ExpiringMap } from './expiring-map.js';

test('an entry is gone at the moment it expires', () => {
  const map = new ExpiringMap<string>();
  map.set('a', 'value', { nowMs: 0, expiresAtMs: 10 });

  expect(map.get('a', 9)).toBe('value');
  expect(map.get('a', 10)).toBeUndefined();
});

test('a million short-lived entries never pile up', () => {
  const map = new ExpiringMap<number>();
  let largest = 0;
  for (let nowMs = 0; nowMs < 1_000_000; nowMs++) {
    map.set(String(nowMs), nowMs, { nowMs, expiresAtMs: nowMs + 100 });
    largest = Math.max(largest, map.size);
  }

  expect(largest).toBeLessThanOrEqual(1_000);
});

test('nothing alive is dropped', () => {
  const map = new ExpiringMap<number>();
  for (let i = 0; i < 5_000; i++) map.set(String(i), i, { nowMs: i, expiresAtMs: 10_000 });

  expect(Array.from({ length: 5_000 }, (_, i) => map.get(String(i), 9_999))).toEqual(
    Array.from({ length: 5_000 }, (_, i) => i),
  );
});
