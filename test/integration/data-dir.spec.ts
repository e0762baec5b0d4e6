import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { built } from '../support/built.js';
import { rounds } from '../support/parallel.js';

/** Two owners of one embedded database would silently diverge, and a crash is just when many start at once. */
const RACERS = 8;
const ROUNDS = 20;

let racers: ChildProcess[];

beforeAll(async () => {
  const program = fileURLToPath(new URL('data-dir-racer.mjs', import.meta.url));
  const args = [pathToFileURL(built('platform/data-dir.js')).href];
  racers = Array.from({ length: RACERS }, () => fork(program, args));
  await Promise.all(racers.map((racer) => once(racer, 'message')));
});
afterAll(async () => {
  await Promise.all(
    racers.map((racer) => {
      racer.kill();
      return once(racer, 'exit');
    }),
  );
});

/** A folder whose lock names a process that is gone. */
async function abandonedFolder(): Promise<string> {
  const folder = await mkdtemp(join(inject('scratchFolder'), 'data-dir-'));
  await writeFile(join(folder, 'lock'), String(spawnSync(process.execPath, ['--version']).pid));
  return folder;
}

/** Who holds the folder after all have tried at the same moment. */
async function holders(folder: string): Promise<(number | undefined)[]> {
  const at = Date.now() + 30;
  const tried = racers.map(async (racer) => {
    racer.send({ folder, at });
    const [holds] = (await once(racer, 'message')) as [boolean];
    return holds ? [racer.pid] : [];
  });
  return (await Promise.all(tried)).flat();
}

test('of many processes that find a lock left behind, exactly one takes it over', () =>
  rounds(ROUNDS, async () => {
    const folder = await abandonedFolder();
    const held = await holders(folder);
    expect(held).toHaveLength(1);
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(String(held[0]));
  }));
