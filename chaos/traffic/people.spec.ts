import { expect, test } from 'vitest';
import { Seeded } from '../seeded.js';
import { HABITS } from './habits.js';
import { personOf } from './people.js';

const TENANTS = ['shop', 'bank'].map((name) => ({ id: name, name, key: '' })) as [Tenant, Tenant];
type Tenant = Parameters<typeof personOf>[2][number];

const crowd = (seed: number) => Array.from({ length: 1_000 }, (_, n) => personOf(n + 1, Seeded.from(seed), TENANTS));
const decided = (seed: number) => crowd(seed).map(({ random, ...person }) => ({ ...person, draws: random.digits(10) }));

test('the same seed brings the same people, whoever came before; another seed brings others', () => {
  expect(decided(7)).toEqual(decided(7));
  expect(decided(8)).not.toEqual(decided(7));
  expect(personOf(500, Seeded.from(7), TENANTS)).toEqual(crowd(7)[499]);
});

test('every habit occurs, among the first already, and nobody shares a number', () => {
  const people = crowd(7);
  const habits = Object.keys(HABITS);
  expect(people.slice(0, 2 * habits.length).map(({ habit }) => habit)).toEqual([...habits, ...habits]);
  expect(new Set(people.slice(2 * habits.length).map(({ habit }) => habit))).toEqual(new Set(habits));
  expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length);
});
