import { COURSES } from '../carrier/courses.js';
import type { Seeded } from '../seeded.js';
import type { Habit } from './habit.js';
import { HABITS } from './habits.js';
import { phoneOf, type Person, type Tenant } from './person.js';

type Several<T> = readonly [T, ...T[]];

const ENDINGS = Object.keys(COURSES) as unknown as Several<string>;
/** The first people have every habit in turn, twice: no short run is without the rare ones, and those have all of its time. */
const FIRST = [...Object.keys(HABITS), ...Object.keys(HABITS)];
const NAMES = Object.entries<Habit>(HABITS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/** The `number`-th person of a run, the same for the same seed. */
export function personOf(number: number, run: Seeded, tenants: Several<Tenant>): Person {
  const random = run.of(`person ${String(number)}`);
  const habit = FIRST[number - 1] ?? random.pick(NAMES as unknown as Several<string>);
  const tenant = random.pick(tenants);
  const special = random.chance(0.45) ? random.pick(ENDINGS) : null;
  const email = random.chance(0.8) ? `person${String(number)}@example.org` : undefined;
  return { number, habit, tenant, phone: phoneOf(number, special), email, careful: random.chance(0.75), random };
}
