// Takes the types off each module of the service; whether they are right is what `npm run typecheck` says. Scripts, styles and pages
// that are read at run time are taken along. The client is compiled by tsc: its users get its types with it.
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const READ_AT_RUN_TIME = /\.(lua|html|css)$|\/page\.js$/;
const MODULE = /^(?!client\/).*(?<!\.spec)\.ts$/;

const files = await readdir(join(root, 'src'), { recursive: true });
const modules = files.filter((file) => MODULE.test(file));

const compiled = await rolldown({
  cwd: root,
  input: Object.fromEntries(modules.map((file) => [file.replace(/\.ts$/, ''), join('src', file)])),
  platform: 'node',
  // Packages stay packages; what decorators are made of is taken in.
  external: /^(?!@oxc-project)[^./\0]/,
  treeshake: false,
  tsconfig: 'tsconfig.json',
  // What is imported for its type alone, decorators ask for as if it were a class, and do without.
  checks: { importIsUndefined: false },
});
await compiled.write({
  dir: 'dist',
  format: 'esm',
  preserveModules: true,
  preserveModulesRoot: 'src',
  sourcemap: true,
});
await compiled.close();

for (const file of files.filter((file) => READ_AT_RUN_TIME.test(file))) {
  await mkdir(dirname(join(root, 'dist', file)), { recursive: true });
  await copyFile(join(root, 'src', file), join(root, 'dist', file));
}
