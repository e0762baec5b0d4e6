import { writeFile } from 'node:fs/promises';
import { checkHistory } from './check-history.js';
import { orExplain } from './command/wrong-option.js';
import { planFaults } from './faults/plan-faults.js';
import type { History } from './history.js';
import { readOptions } from './options.js';
import { tell } from './report/tell.js';
import { runChaos } from './run.js';
import { fakeTimeLibrary } from './world/fake-time.js';

/** Asked twice to stop, it does so at once; the servers go with it (Daemon). */
const INTERRUPTED = 130;

const { options, schedule } = await orExplain(async () => {
  const read = readOptions(process.argv.slice(2));
  return { options: read, schedule: planFaults(read, (await fakeTimeLibrary()) !== null) };
});
const print = (line: string) => {
  console.log(line);
};
const stop = new AbortController();
const interrupt = () => {
  if (stop.signal.aborted) process.exit(INTERRUPTED);
  print('stopping: what was written down so far is still drained and checked; once more to stop at once');
  stop.abort();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
// Every server that runs listens for the end of this process.
process.setMaxListeners(0);

/** @returns whether every invariant held. */
async function judge(history: History): Promise<boolean> {
  if (options.save !== undefined) await writeFile(options.save, JSON.stringify(history));
  const verdicts = checkHistory(history);
  for (const line of tell(history, verdicts)) print(line);
  const whole = history.faults.every(({ givenUp }) => !givenUp);
  return whole && history.drained && verdicts.every(({ violations }) => violations.length === 0);
}

const held = await runChaos(options, schedule, { print, stop: stop.signal }, judge);
process.exitCode = held ? 0 : 1;
