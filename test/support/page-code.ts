import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { inject } from 'vitest';

const DECORATORS = { experimentalDecorators: true, emitDecoratorMetadata: true };

/** The text below a heading of a page, up to the next one of its kind. @throws when there is no such heading. */
export async function sectionOf(page: string, heading: string): Promise<string> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const [, section] = text.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`docs/${page} has no heading ${heading}`);
  return section.split('\n## ')[0] ?? '';
}

/**
 * Runs the first piece of JavaScript or TypeScript below a heading as somebody would who has copied it into a file of theirs.
 *
 * @param change what they put in the place of what is theirs.
 * @returns what it exports.
 */
export async function runCode<Exports>(
  page: string,
  heading: string,
  change = (code: string) => code,
): Promise<Exports> {
  const [, language, code = ''] = /```(js|ts)\n([\s\S]*?)```/.exec(await sectionOf(page, heading)) ?? [];
  const theirs = change(code);
  const module = language === 'ts' ? javaScript(theirs) : theirs;
  // A file of the scratch folder would find no package.
  const resolved = module.replaceAll(/from '([^']+)'/g, (_, name: string) => `from '${import.meta.resolve(name)}'`);
  const file = join(await mkdtemp(join(inject('scratchFolder'), 'page-')), 'code.mjs');
  await writeFile(file, resolved);
  return (await import(pathToFileURL(file).href)) as Exports;
}

function javaScript(code: string): string {
  const compilerOptions = { ...DECORATORS, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
