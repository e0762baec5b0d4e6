import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url));

/** Keeps a run as JSON. Everything but `at` is the same for the same seed and people. @returns the file. */
export async function keepArrival(run: object, at: Date): Promise<string> {
  const file = `${FOLDER}arrival-${at.toISOString().replaceAll(':', '-')}.json`;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, JSON.stringify({ at, ...run }, null, 2));
  return file;
}
