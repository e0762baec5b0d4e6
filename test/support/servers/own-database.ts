import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * A database of one's own on a server that others use too.
 *
 * @param template the database that it begins as a copy of; without one it is empty.
 * @returns its URL.
 */
export async function createDatabase(serverUrl: string, prefix: string, template?: string): Promise<string> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return onServer(serverUrl, name);
}

/** Also when somebody is still connected. */
export async function dropDatabase(url: string): Promise<void> {
  await execute(onServer(url, 'postgres'), `DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}

/** The URL of another database on the same server. */
export function onServer(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
