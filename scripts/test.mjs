// The whole test command: every check by its name, until the first that fails. What comes before the tests runs two at a time.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const BEFORE = [
  ['Rules of the language (eslint)', 'lint'],
  ['Types (tsc)', 'typecheck'],
  ['Formatting (prettier)', 'format:check'],
  ['Who imports whom (dependency-cruiser)', 'imports'],
  ['Nothing unused (knip)', 'unused'],
  // Beside the slowest of them: nothing else writes what it writes, and none of them reads that.
  ['Build', 'build'],
];
const TESTS = [['Tests: unit, integration, end to end, chaos (vitest)', 'vitest']];
const AT_A_TIME = 2;
/** Linter and compiler make heaps of small objects; with V8's own 16 MB for young ones, a sixth of the time goes into copying them. */
const ROOMY = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=128` };

// What was deleted from the sources must not live on in what is tested.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

const waiting = BEFORE.values();
await Promise.all(Array.from({ length: AT_A_TIME }, () => inTurn(waiting, 'pipe')));
await inTurn(TESTS.values(), 'inherit');

async function inTurn(sections, stdio) {
  for (const section of sections) await check(section, stdio);
}

/** @param stdio `pipe` keeps the output together and shows it at the end; `inherit` shows it as it comes. */
async function check([name, script], stdio) {
  const started = Date.now();
  const child = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', stdio, stdio],
    env: stdio === 'pipe' ? ROOMY : process.env,
  });
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  if (stdio === 'inherit') console.log(`\n━━ ${name}: npm run ${script}`);
  const status = await new Promise((resolve) => child.on('close', resolve));
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  if (status === 0) return console.log(`━━ ${name}: passed in ${seconds} s`);
  process.stderr.write(Buffer.concat(output));
  console.error(`━━ ${name}: FAILED after ${seconds} s (npm run ${script})`);
  process.exit(status ?? 1);
}
