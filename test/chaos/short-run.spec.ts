/**
 * The run that `npm run chaos` makes, short enough for every test run: real processes, a Redis under Sentinels, a Postgres, people
 * with good and bad habits, and one round of faults. What it checks is in chaos/checkers; that those notice is in defects.spec.ts.
 */
import { expect, test } from 'vitest';
import { checkHistory } from '../../chaos/check-history.js';
import { NOT_EXERCISED } from '../../chaos/checkers/verdict-of.js';
import { planFaults } from '../../chaos/faults/plan-faults.js';
import type { ChaosOptions } from '../../chaos/options.js';
import { tell } from '../../chaos/report/tell.js';
import { runChaos } from '../../chaos/run.js';
import { fakeTimeLibrary } from '../../chaos/world/fake-time.js';

const OPTIONS: ChaosOptions = {
  ...{ minutes: 5 / 6, seed: 26, nodes: 2, only: [], redis: 'sentinel', rate: 3, preloads: [], save: undefined },
};

/**
 * No rolling restart fits beside the others (I14), and it is chance whether anybody asks a node that is cut off (I18), whether so
 * many guess at once that one is refused for it (I12), and whether somebody gets ten guesses in between two faults (I3). The directed
 * play of defects.spec.ts has all of them.
 */
const NOT_NEEDED = ['I3', 'I12', 'I14', 'I18'];

test('I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I13 I15 a short run of chaos breaks none', { timeout: 300_000 }, async () => {
  const lines: string[] = [];
  const attendance = { print: (line: string) => lines.push(line), stop: new AbortController().signal };
  const schedule = planFaults(OPTIONS, (await fakeTimeLibrary()) !== null);
  const { verdicts, said, history } = await runChaos(OPTIONS, schedule, attendance, (written) => {
    const judged = checkHistory(written);
    return { verdicts: judged, said: [...lines, ...tell(written, judged)].join('\n'), history: written };
  });

  expect(
    verdicts.flatMap(({ violations }) => violations),
    said,
  ).toEqual([]);
  const idle = verdicts.filter(({ figure }) => figure === NOT_EXERCISED).map(({ invariant }) => invariant);
  expect(
    idle.filter((invariant) => !NOT_NEEDED.includes(invariant)),
    said,
  ).toEqual([]);
  expect(history.drained, said).toBe(true);
  expect(
    history.faults.filter(({ givenUp }) => givenUp).map(({ kind }) => kind),
    said,
  ).toEqual([]);
  // This seed's: four out of five kinds, clocks among them where libfaketime can be had.
  expect(new Set(history.faults.map(({ kind }) => kind)).size, said).toBeGreaterThanOrEqual(12);
});
