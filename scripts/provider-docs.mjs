/**
 * Writes docs/providers/: a page for each kind of provider that ships, made of its schema, its maps and its own words, and the
 * table of all. With --check it writes nothing, and fails while the folder holds anything else. Run it with tsx.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { BUILT_IN_PROVIDER_TYPES } from '../src/delivery/adapters/providers/provider-types.ts';
import { overview, page } from './provider-docs/page.mjs';

const FOLDER = fileURLToPath(new URL('../docs/providers/', import.meta.url));
const style = { ...(await resolveConfig(FOLDER)), parser: 'markdown' };

const shown = BUILT_IN_PROVIDER_TYPES.filter((kind) => kind.page);
const pages = new Map([['README.md', overview(shown)], ...shown.map((kind) => [`${kind.type}.md`, page(kind)])]);
for (const [name, text] of pages) pages.set(name, await format(text, style));

mkdirSync(FOLDER, { recursive: true });
const present = readdirSync(FOLDER);
const stale = present.filter((name) => !pages.has(name));
const changed = [...pages].filter(([name, text]) => !present.includes(name) || read(name) !== text);

if (!process.argv.includes('--check')) {
  for (const name of stale) rmSync(FOLDER + name);
  for (const [name, text] of changed) writeFileSync(FOLDER + name, text);
} else if (stale.length + changed.length > 0) {
  const names = [...stale, ...changed.map(([name]) => name)].join(', ');
  console.error(`docs/providers is not what the providers say (${names}): npm run providers:write`);
  process.exitCode = 1;
}

function read(name) {
  return readFileSync(FOLDER + name, 'utf8');
}
