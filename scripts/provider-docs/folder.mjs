import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { overview, page } from './page.mjs';

export const FOLDER = fileURLToPath(new URL('../../docs/providers/', import.meta.url));

/** What the folder has to hold by these kinds of provider: the text of each file by its name. */
export async function pagesOf(kinds) {
  const shown = kinds.filter((kind) => kind.page);
  const style = { ...(await resolveConfig(FOLDER)), parser: 'markdown' };
  const pages = new Map([['README.md', overview(shown)], ...shown.map((kind) => [`${kind.type}.md`, page(kind)])]);
  for (const [name, text] of pages) pages.set(name, await format(text, style));
  return pages;
}

/** The text of each file that it holds, by its name. */
export function present() {
  return new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(FOLDER + name, 'utf8')]));
}
