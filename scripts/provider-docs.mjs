/**
 * Writes docs/providers/: a page for each kind of provider that ships, made of its schema, its maps and its own words, and the
 * table of all. Run it with tsx. That the folder is up to date is a test: test/integration/provider-docs.spec.ts.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { BUILT_IN_PROVIDER_TYPES } from '../src/delivery/adapters/providers/provider-types.ts';
import { FOLDER, pagesOf, present } from './provider-docs/folder.mjs';

mkdirSync(FOLDER, { recursive: true });
const pages = await pagesOf(BUILT_IN_PROVIDER_TYPES);
for (const [name, text] of present()) {
  if (!pages.has(name)) rmSync(FOLDER + name);
  else if (pages.get(name) === text) pages.delete(name);
}
for (const [name, text] of pages) writeFileSync(FOLDER + name, text);
