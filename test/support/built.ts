import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a compiled file. Tests of processes run what is shipped, so it must have been built before. */
export function built(name: string): string {
  const file = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
  if (!existsSync(file))
    throw new Error(`${file} is missing: these tests run the compiled service; npm run build first`);
  return file;
}
