// Compiles argon2 from source with the vector instructions of its processor (AVX2 on x64), which the prebuilt binary does
// without: a hash then takes half the time. Needs a C++ compiler, make and python3.
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const flags = process.arch === 'x64' ? '-O3 -march=x86-64-v3' : '-O3';

execFileSync('npm', ['rebuild', 'argon2', '--build-from-source'], {
  env: { ...process.env, CFLAGS: flags, CXXFLAGS: flags },
  stdio: 'inherit',
});

// A processor without AVX2 ends the process at the first hash; then the prebuilt binary is the one to keep.
const trial = "import('argon2').then(({ default: argon2 }) => argon2.hash('trial', { memoryCost: 4096 }))";
const { status } = spawnSync(process.execPath, ['--eval', trial], { stdio: 'inherit' });
if (status !== 0) {
  rmSync(fileURLToPath(new URL('../node_modules/argon2/build', import.meta.url)), { recursive: true, force: true });
  console.error('argon2 compiled, but does not run here (x64 needs AVX2). The prebuilt binary stays in use.');
  process.exit(1);
}
console.log(`argon2 compiled with ${flags}`);
