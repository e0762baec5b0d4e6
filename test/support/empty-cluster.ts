import { PGlite } from '@electric-sql/pglite';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Puts the embedded Postgres's files into a folder, as its very first start does, without a table of ours. Making them takes
 * PGlite four seconds of work, so the run makes them once and everybody gets a copy.
 */
export async function putEmptyCluster(folder: string): Promise<void> {
  const scratch = inject('scratchFolder');
  const template = join(scratch, 'pglite-template');
  if (!existsSync(template)) {
    const made = await mkdtemp(join(scratch, 'pglite-made-'));
    await (await PGlite.create(made)).close();
    // Another worker may have been quicker; its template is as good.
    await rename(made, template).catch(() => null);
  }
  await cp(template, folder, { recursive: true });
}
