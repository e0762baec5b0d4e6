import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Canaries, type Place } from '../../test/support/canaries.js';
import type { Call } from '../history/conversations.js';
import type { History } from '../history.js';
import type { Verdict } from '../verdict.js';
import { verdictOf } from './verdict-of.js';

/** Shorter texts turn up by chance in what is written down: times, ports, sizes. */
const LONG_ENOUGH = 10;

/** I7: no code that the carrier saw, and nothing that was typed as one, rests in a store, a file of a store or a log. */
export function noCodeAtRest(history: History): Verdict {
  const canaries = canariesOf(history);
  const places = placesOf(history);
  const violations = [
    ...canaries.hitsIn(places),
    ...history.dumps.folders.flatMap((folder) => hitsBelow(folder, canaries)),
  ].map((what) => ({ what, verificationId: null }));
  const bytes = places.reduce((sum, { text }) => sum + text.length, 0);
  return verdictOf('I7', 'No code rests anywhere', {
    exercised: canaries.size > 0 && bytes > 0,
    figure: `${String(violations.length)} hits of ${String(canaries.size)} codes and guesses in ${(bytes / 1e6).toFixed(1)} MB and ${String(history.dumps.folders.length)} folders of files`,
    violations,
  });
}

function canariesOf({ messages, calls }: History): Canaries {
  const canaries = new Canaries();
  const codes = messages.map(({ code }) => code);
  const guesses = calls.flatMap(({ typed }) => (typed ? [typed.code] : []));
  canaries.add('a guess', ...guesses.filter(isLong));
  canaries.add('a code', ...codes.filter(isLong));
  canaries.add('a secret of a factor', ...calls.flatMap(shownOnce));
  return canaries;
}

const isLong = (code: string) => code.length >= LONG_ENOUGH;

/** Authenticators' secrets, and backup codes as they are shown and without their groups. */
function shownOnce({ answer }: Call): string[] {
  if (answer.kind === 'none') return [];
  const { secret, backupCodes } = answer.body;
  const codes = backupCodes ?? [];
  return [...(secret === undefined ? [] : [secret]), ...codes, ...codes.map((code) => code.replaceAll('-', ''))];
}

function placesOf({ dumps, processes }: History): Place[] {
  return [
    { name: 'Redis, keys', text: JSON.stringify(dumps.redis) },
    { name: 'Postgres', text: dumps.postgresText },
    ...processes.map(({ name, output }) => ({ name: `the log of ${name}`, text: output })),
  ];
}

/** Whole files of stores are large and full of binary numbers: only their plain text is read, which is where a code would stand. */
function hitsBelow(folder: string, canaries: Canaries): string[] {
  return filesBelow(folder).flatMap((file) => {
    const texts = textOf(file).match(/\d{10,}|[A-Z2-7-]{13,}/g) ?? [];
    return canaries.hitsIn([
      { name: `the file ${file.slice(folder.length + 1)}`, text: [...new Set(texts)].join('\n') },
    ]);
  });
}

/** Nothing, of a file that a store that still runs has taken away meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => join(folder, name))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}
