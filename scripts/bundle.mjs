// Puts each program and all it imports into a few files. Node opens 1,600 modules one by one otherwise, which is most of the time
// that a start takes. The compiled modules stay beside them: scripts and pages are read from where they are.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** They have files of their own, which they look for beside themselves. */
const LEFT_OUTSIDE = ['argon2', '@electric-sql/pglite', '@electric-sql/pglite-socket', '@fastify/static', 'pino'];

/** It assigns to a variable that it never declares, which no module of a bundle may. */
const SLOPPY = ['smpp'];

/** Whether an import is of a package, or of a file within it. */
const isOf = (name) => (id) => id === name || id.startsWith(`${name}/`);

/** A module of ours that moves into another file still finds what lies beside it. */
const staysInPlace = {
  name: 'stays-in-place',
  transform: {
    filter: { code: /import\.meta\.url/ },
    handler(code, id) {
      if (!id.startsWith(`${dist}/`)) return null;
      const place = `./${relative(dist, id)}`;
      return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`);
    },
  },
};

/** Frameworks ask for packages that may be there, and do without. What we depend on must be there. */
function onLog(level, { code, message }) {
  const isOurs = Object.keys(dependencies).some((name) => message.includes(`'${name}'`));
  if (code !== 'UNRESOLVED_IMPORT' || isOurs) throw new Error(`${level}: ${message}`);
}

const bundle = await rolldown({
  cwd: root,
  input: { main: 'dist/main.js', cli: 'dist/cli.js' },
  platform: 'node',
  external: (id) => [...LEFT_OUTSIDE, ...SLOPPY].some((name) => isOf(name)(id)),
  plugins: [staysInPlace],
  onLog,
});
// TypeORM knows migrations by the names of their classes. One folder for all: a chunk finds its neighbours like its entry does.
await bundle.write({ dir: dist, format: 'esm', keepNames: true, chunkFileNames: 'bundle-[name].js' });
await bundle.close();
