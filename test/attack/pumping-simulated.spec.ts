/**
 * Much traffic in seconds: the detectors as they are set by default, with a clock that is set and no limits before them. What
 * attackers get, and whom it hurts; docs/fraud.md has the figures. Honest people must not be refused, however slow they are.
 */
import { expect, test } from 'vitest';
import { HeardTrips, seeded, simulate, type Crowd } from '../support/simulated-traffic.js';

const random = seeded(7);
const below = (bound: number) => Math.floor(random() * bound);
const digits = (bound: number, length: number) => String(below(bound)).padStart(length, '0');
const PREFIXES: Record<string, string> = { DE: '+49151', FR: '+336', GB: '+447', ES: '+346', PL: '+485' };
const EVERYWHERE = Object.keys(PREFIXES);
const anywhere = (country: string) => `${PREFIXES[country] ?? ''}${digits(70_000_000, 8)}`;
const oneOf = <T>(things: readonly T[]) => things[below(things.length)] as T;
const ofMany = () => `100.${String(64 + below(64))}.${String(below(256))}.7`;

/** Nine of ten type their code, most within half a minute, some after minutes. */
const honest: Crowd = {
  rate: 0.2,
  country: () => oneOf(EVERYWHERE),
  number: anywhere,
  ip: ofMany,
  typesAfter: () => (random() < 0.9 ? Math.min(280, 8 + Math.round(20 * -Math.log(random()))) : null),
};
const pumper: Crowd = { ...honest, rate: 0.6, typesAfter: () => null };

test('R46 forty minutes of pumping twenty rented blocks at random, beside honest people', async () => {
  const number = (country: string) => `${PREFIXES[country] ?? ''}77${String(below(4))}0${digits(10_000, 4)}`;
  const { people, attack } = await simulate({ people: honest, attack: { ...pumper, number } }, 40);
  expect(people.refused, JSON.stringify(people)).toBe(0);
  expect(attack.asked - attack.refused).toBeLessThanOrEqual(20 * 15);
});

test('R46 forty minutes of counting up through rented blocks', async () => {
  let n = 0;
  const number = (country: string) => `${PREFIXES[country] ?? ''}${String(88_000_000 + Math.floor(n++ / 5))}`;
  let turn = 0;
  const country = () => EVERYWHERE[turn++ % 5] ?? 'DE';
  const { people, attack } = await simulate({ people: honest, attack: { ...pumper, country, number } }, 40);
  expect(people.refused, JSON.stringify(people)).toBe(0);
  expect(attack.asked - attack.refused).toBeLessThanOrEqual(100);
});

test('R47 numbers all over five countries, from few networks', async () => {
  const ip = () => `198.51.${String(below(5))}.${String(below(256))}`;
  const { people, attack } = await simulate({ people: honest, attack: { ...pumper, ip } }, 40);
  expect(people.refused, JSON.stringify(people)).toBe(0);
  expect(attack.refused / attack.asked).toBeGreaterThan(0.7);
});

test('R47 whoever starts by e-mail and asks for SMS next is counted like anybody', async () => {
  const country = () => 'DE';
  const { attack } = await simulate({ attack: { ...pumper, country, emailFirst: true } }, 40);
  expect(attack.refused / attack.asked).toBeGreaterThan(0.6);
});

test('R47 numbers all over one country from everywhere close that country, and no other', async () => {
  const told = new HeardTrips();
  const { germans, others, attack } = await simulate(
    {
      germans: { ...honest, rate: 0.05, country: () => 'DE' },
      others: { ...honest, country: () => oneOf(['FR', 'GB', 'ES', 'PL']) },
      attack: { ...pumper, country: () => 'DE' },
    },
    40,
    told,
  );
  expect(others.refused, JSON.stringify(others)).toBe(0);
  expect(attack.refused / attack.asked).toBeGreaterThan(0.6);
  expect(germans.refused).toBeGreaterThan(0);
  const places = told.events
    .filter(({ payload }) => payload['enforced'] === true)
    .map(({ payload }) => payload['place']);
  expect(new Set(places)).toEqual(new Set(['DE']));
});

test.each([
  ['slow', { ...honest, typesAfter: () => (random() < 0.6 ? 200 + below(99) : null) }],
  ['busy', { ...honest, rate: 1 }],
  [
    'of one block, as at an operator with few',
    { ...honest, number: () => `+4915150${digits(10, 1)}${digits(10_000, 4)}` },
  ],
  ['behind one address', { ...honest, ip: () => '203.0.113.9' }],
])(
  'R46 R47 honest people who are %s are never refused, from the first minute of a new application on',
  async (_, crowd) => {
    const { people } = await simulate({ people: crowd }, 30);
    expect(people.refused, JSON.stringify(people)).toBe(0);
  },
);
