// Builds when dist/ is missing or older than a source: `npm run demo` should not spend its time on a build nobody needs.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(`${root}src`, { recursive: true }).map((name) => `${root}src/${name}`);
const newest = Math.max(...files.map((file) => statSync(file).mtimeMs));
const builtAt = statSync(`${root}dist/main.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (builtAt < newest) {
  console.log('Building; the first time takes a while …');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
