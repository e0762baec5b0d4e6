// The whole test command: every check by its name, one after the other, until the first that fails.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const SECTIONS = [
  ['Formatting (prettier)', 'format:check'],
  ['Rules of the language (eslint)', 'lint'],
  ['Types (tsc)', 'typecheck'],
  ['Who imports whom (dependency-cruiser)', 'imports'],
  ['Nothing unused (knip)', 'unused'],
  ['Build', 'build'],
  ['Tests: unit, integration, end to end (vitest)', 'vitest'],
];

// What was deleted from the sources must not live on in what is tested.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

for (const [name, script] of SECTIONS) {
  console.log(`\n━━ ${name}: npm run ${script}`);
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  if (status !== 0) {
    console.error(`━━ ${name}: FAILED after ${seconds} s`);
    process.exit(status ?? 1);
  }
  console.log(`━━ ${name}: passed in ${seconds} s`);
}
