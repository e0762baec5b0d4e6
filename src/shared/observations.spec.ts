import { expect, it } from 'vitest';
import { observe, observed, watchObservations, type Observation } from './observations.js';

it('tells whoever watches, for as long as they do', () => {
  const seen: Observation[] = [];
  expect(observed()).toBe(false);
  const end = watchObservations((observation) => seen.push(observation));
  expect(observed()).toBe(true);
  observe({ kind: 'hash-refused' });
  end();
  expect(observed()).toBe(false);
  observe({ kind: 'hash-refused' });
  expect(seen).toEqual([{ kind: 'hash-refused' }]);
});
