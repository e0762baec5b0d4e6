import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { debianFolders } from './servers/private-postgres.js';
import { program } from './servers/programs.js';
import type { World } from './world.js';

const run = promisify(execFile);
const tool = (name: string) => program({ names: [name], package: 'postgresql', folders: debianFolders });

/** Postgres's own backup of a world's ledger, while whoever likes goes on writing. @returns the file. */
export async function backUp({ databaseUrl }: World, folder: string): Promise<string> {
  const file = join(folder, `${new URL(databaseUrl).pathname.slice(1)}.dump`);
  await run(await tool('pg_dump'), ['--format=custom', '--file', file, databaseUrl]);
  return file;
}

/** Puts the backup in the place of the world's ledger, of which nothing is left. No process may be using it. */
export async function restore({ databaseUrl }: World, file: string): Promise<void> {
  const server = new URL(databaseUrl);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  await run(await tool('pg_restore'), ['--exit-on-error', '--dbname', databaseUrl, file]);
}
