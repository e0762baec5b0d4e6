import { expect, it } from 'vitest';
import type { Place } from '../application/provider-health.js';
import { Bulkhead, Places } from './bulkhead.js';

const letIn = (places: Place[]) => places.filter((place) => 'leave' in place).length;
const enter = (bulkhead: Bulkhead, times: number) => Array.from({ length: times }, () => bulkhead.enter());
const waits = (places: Place[]) => places.flatMap((place) => ('join' in place ? [place.join()] : []));

it('R97 lets as many on their way at once as it may, and another when one is through', () => {
  const bulkhead = new Bulkhead(2, new Places(1));
  const [first] = enter(bulkhead, 2);
  expect(letIn([bulkhead.enter()])).toBe(0);
  if (first && 'leave' in first) first.leave();
  expect(letIn(enter(bulkhead, 2))).toBe(1);
});

it('R97 a backlog comes back as places become free, not all at once', () => {
  const bulkhead = new Bulkhead(24, new Places(1), () => 0);
  const pauses = waits(enter(bulkhead, 1_024));
  expect(pauses).toHaveLength(1_000);
  expect(Math.min(...pauses)).toBeGreaterThan(300);
  expect(Math.max(...pauses)).toBeLessThan(40_000);
  const inSecond = (second: number) => pauses.filter((ms) => Math.floor(ms / 1_000) === second).length;
  const busiest = Math.max(...Array.from({ length: 40 }, (_, second) => inSecond(second)));
  // Sends that take a second on 24 places make room for 24 a second; twice as many come, a few more by chance.
  expect(busiest).toBeLessThan(120);
});

it('R97 a backlog of sends that take long comes back less often', () => {
  let now = 0;
  const bulkhead = new Bulkhead(24, new Places(1), () => now);
  for (let round = 0; round < 3; round += 1) {
    const entered = enter(bulkhead, 24);
    now += 5_000;
    for (const place of entered) if ('leave' in place) place.leave();
  }
  // The next 24 hold the places; 120 more wait for about 25 s of work, and are told to come within half of it.
  const pauses = waits(enter(bulkhead, 144));
  expect(Math.max(...pauses)).toBeGreaterThan(9_000);
});

it('R97 several slow providers together leave places for the others', () => {
  const places = new Places(3);
  const [slow, slower, quick] = [0, 1, 2].map(() => new Bulkhead(24, places));
  if (!slow || !slower || !quick) throw new Error('three were made');
  expect(letIn(enter(slow, 100))).toBe(24);
  expect(letIn(enter(slower, 100))).toBe(2);
  expect(letIn(enter(quick, 100))).toBe(2);
  expect(places.taken).toBeLessThan(32);
});
