import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sectionOf } from './page-code.js';

const run = promisify(execFile);
const BETWEEN = 'next-command';
const COMMANDS = /```sh\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/g;

/** What a page shows below some commands, and what they printed. */
export interface Shown {
  told: unknown;
  printed: unknown;
}

/**
 * Runs the commands below a heading in one shell, as somebody would who copies them one after the other.
 *
 * @param change what they put in the place of what is theirs.
 * @throws when one of them fails, or prints no JSON.
 */
export async function runCommands(
  page: string,
  heading: string,
  change: (commands: string) => string,
): Promise<Shown[]> {
  const pieces = [...(await sectionOf(page, heading)).matchAll(COMMANDS)];
  const commands = pieces.map(([, command = '']) => command).join(`\necho ${BETWEEN}\n`);
  const { stdout } = await run('bash', ['-euc', change(commands)]);
  const printed = stdout.split(BETWEEN);
  return pieces.map(([, , told = ''], n) => ({
    ...{ told: JSON.parse(told) as unknown, printed: JSON.parse(printed[n] ?? '') as unknown },
  }));
}

/** What stays the same whoever runs it: names and words, and that there is a text. Of many texts in a list a page shows some. */
export function shapeOf(shown: unknown): unknown {
  if (Array.isArray(shown)) return [...new Set(shown.map(shapeOf))];
  if (typeof shown === 'object' && shown !== null)
    return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, shapeOf(value)]));
  return typeof shown === 'string' && !/^[a-z-]+$/.test(shown) ? 'text' : shown;
}
