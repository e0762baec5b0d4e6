/**
 * Packs the client alone into einmal-client-<version>.tgz, for applications: its modules and types, a README, the license, and a
 * package.json with the exports of this one and nothing to install. Takes the compiled files as they are: `npm run client:pack`
 * builds first. An argument names another folder to put it into.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILED = 'dist/client';
const root = fileURLToPath(new URL('..', import.meta.url));
const { name, version, description, license, type, exports, typesVersions, engines } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'einmal-client-'));
try {
  const compiled = readdirSync(join(root, COMPILED), { recursive: true });
  for (const file of compiled.filter((name) => /(?<!\.spec)\.(js|d\.ts)$/.test(name))) {
    mkdirSync(join(folder, COMPILED, dirname(file)), { recursive: true });
    // The maps stay here: they lead to sources that are not packed.
    const text = readFileSync(join(root, COMPILED, file), 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/m, '');
    writeFileSync(join(folder, COMPILED, file), text);
  }
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(join(root, 'src/client/README.md'), join(folder, 'README.md'));
  const about = { name, version, description, license, type, sideEffects: false, exports, typesVersions, engines };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  const [{ filename, files }] = JSON.parse(execFileSync('npm', ['pack', '--json'], { cwd: folder, encoding: 'utf8' }));
  const tarball = `einmal-client-${version}.tgz`;
  copyFileSync(join(folder, filename), join(process.argv[2] ?? root, tarball));
  console.log(`${tarball}: ${files.length} files`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
