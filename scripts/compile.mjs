// Takes the types off each module of the service, which needs to know no other module for it; whether they are right is what
// `npm run typecheck` says. Scripts, styles and pages that are read at run time are taken along. The client is compiled by tsc, as
// its users get types with it, and no helpers from a package.
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'rolldown/utils';

const root = fileURLToPath(new URL('..', import.meta.url));
const CLIENT = join(root, 'src/client/');
const READ_AT_RUN_TIME = /\.(lua|html|css)$|\/page\.js$/;

/** What tsconfig.json asks for. Nest finds what to inject by the metadata of decorators. */
const OPTIONS = {
  target: 'es2023',
  sourcemap: true,
  decorator: { legacy: true, emitDecoratorMetadata: true },
  tsconfig: false,
};

const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
await Promise.all(files.map((file) => compile(file, file.replace(join(root, 'src'), join(root, 'dist')))));

async function compile(file, to) {
  const isCopied = READ_AT_RUN_TIME.test(file);
  const isCompiled = /(?<!\.spec)\.ts$/.test(file) && !file.startsWith(CLIENT);
  if (!isCopied && !isCompiled) return;
  await mkdir(dirname(to), { recursive: true });
  if (isCopied) return copyFile(file, to);
  const { code, map, errors } = await transform(file, await readFile(file, 'utf8'), OPTIONS);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join('\n')}`);
  const js = to.replace(/ts$/, 'js');
  const placed = { ...map, sources: [relative(dirname(js), file)] };
  await writeFile(js, `${code}//# sourceMappingURL=${basename(js)}.map\n`);
  await writeFile(`${js}.map`, JSON.stringify(placed));
}
