import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isReached, type Figure } from './figure.js';

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url));

/** Keeps a run as JSON, with the kind of machine it ran on. @returns the file. */
export async function keepResults(figures: Figure[], at: Date): Promise<string> {
  const machine = { processor: cpus()[0]?.model.trim(), cores: availableParallelism(), node: process.version };
  const results = figures.map((figure) => ({ ...figure, reached: isReached(figure) }));
  const file = `${FOLDER}${at.toISOString().replaceAll(':', '-')}.json`;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, JSON.stringify({ at, machine, figures: results }, null, 2));
  return file;
}
