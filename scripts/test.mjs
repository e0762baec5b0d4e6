// The whole test command: every check by its name. What is quick comes first, two at a time, until the first that fails; then the
// tests, and beside them the linter, which takes what they leave of the processors while they wait for something.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setPriority } from 'node:os';

const QUICK = [
  ['Types (tsc)', 'typecheck'],
  // Nothing else writes what it writes, and none of these reads that.
  ['Build', 'build'],
  ['Formatting (prettier)', 'format:check'],
  ['Who imports whom (dependency-cruiser)', 'imports'],
  ['Nothing unused (knip)', 'unused'],
];
const AT_A_TIME = 2;
/** Between 0, the tests', and 19: at 19 the linter would end long after them. */
const BEHIND_TESTS = 5;
const TESTS = ['Tests: unit, integration, end to end, chaos (vitest)', 'vitest'];
const LINT = ['Rules of the language (eslint)', 'lint'];
/** Linter and compiler make heaps of small objects; with V8's own 16 MB for young ones, a sixth of the time goes into copying them. */
const ROOMY = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=128` };

// What was deleted from the sources must not live on in what is tested.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

const waiting = QUICK.values();
await Promise.all(Array.from({ length: AT_A_TIME }, () => inTurn(waiting)));
if (process.exitCode === undefined) {
  console.log(`\n━━ ${TESTS[0]}: npm run ${TESTS[1]}`);
  await Promise.all([check(TESTS, { stdio: 'inherit' }), check(LINT, { env: ROOMY, priority: BEHIND_TESTS })]);
}

async function inTurn(checks) {
  for (const one of checks) {
    if (process.exitCode === undefined) await check(one, { env: ROOMY });
  }
}

/** @param options.stdio `pipe` keeps the output together and shows it if the check fails; `inherit` shows it as it comes. */
async function check([name, script], { stdio = 'pipe', env = process.env, priority }) {
  const started = Date.now();
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', stdio, stdio], env });
  if (priority !== undefined) setPriority(child.pid, priority);
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  if (status === 0) return console.log(`━━ ${name}: passed in ${seconds} s`);
  process.stderr.write(Buffer.concat(output));
  console.error(`━━ ${name}: FAILED after ${seconds} s (npm run ${script})`);
  process.exitCode = 1;
}
