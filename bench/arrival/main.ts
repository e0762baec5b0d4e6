// npm run bench:arrival [-- --seed N --people N]: P10, whether codes arrive, under three policies.
import { parseArgs } from 'node:util';
import { exitWhenInterrupted } from '../../chaos/command/scratch.js';
import { orExplain } from '../../chaos/command/wrong-option.js';
import { countDuplicates } from './duplicates.js';
import { Journey } from './journey.js';
import { keepArrival } from './keep-arrival.js';
import { openTown } from './open-town.js';
import { outcomeOf } from './outcome.js';
import { arrivalTable } from './arrival-table.js';
import { isReachable, peopleOf } from './people.js';
import { POLICIES } from './policies.js';
import { unreachedOf } from './unreached.js';

/** Half a second between two logins: nobody is in anybody's way. */
const APART_MS = 500;

const { seed, howMany } = await orExplain(readTown);
exitWhenInterrupted();

const startedAt = new Date();
const people = peopleOf(seed, howMany, howMany * APART_MS);
console.log(
  `seed ${String(seed)}: ${String(howMany)} people, ${String(people.filter(isReachable).length)} reachable …`,
);
const { town, stores, applications, close } = await openTown();
try {
  const journeys = POLICIES.map((policy, place) =>
    people.map((person) => new Journey(person, policy, place, seed, town)),
  );
  await town.play(journeys.flat());
  const outcomes = await Promise.all(
    POLICIES.map(async (policy, place) =>
      outcomeOf(policy.name, journeys[place] ?? [], await countDuplicates(stores, applications.get(policy) ?? '')),
    ),
  );
  const surprises = journeys.flat().flatMap((journey) => journey.surprises);
  console.log(`\n${arrivalTable(outcomes)}\n`);
  if (surprises.length > 0) console.log(`unexpected answers: ${[...new Set(surprises)].join(', ')}`);
  const unreached = Object.fromEntries(POLICIES.map(({ name }, place) => [name, unreachedOf(journeys[place] ?? [])]));
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000);
  const file = await keepArrival({ seed, outcomes, unreached, surprises: surprises.length }, startedAt);
  console.log(`${String(seconds)} s; kept in ${file}`);
} finally {
  await close();
}
process.exit(0);

function readTown(): { seed: number; howMany: number } {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, people: { type: 'string', default: '400' } },
  });
  const read = { seed: Number(values.seed), howMany: Number(values.people) };
  if (Object.values(read).every((value) => Number.isSafeInteger(value) && value > 0)) return read;
  throw new Error('--seed and --people are whole numbers from 1 on');
}
