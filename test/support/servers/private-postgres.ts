import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';
import { PrivateServer } from './private-server.js';
import { program } from './programs.js';

const run = promisify(execFile);

export interface RunningPostgres {
  url: string;
  /** The cluster's files; null for a server we did not start. */
  folder: string | null;
  stop: () => Promise<unknown>;
}

/** The Postgres named by DATABASE_URL, or a private one. */
export function startPostgres(scratch: string): Promise<RunningPostgres> {
  const given = process.env['DATABASE_URL'];
  if (given) return Promise.resolve({ url: given, folder: null, stop: () => Promise.resolve() });
  return startPrivatePostgres(scratch);
}

/** A Postgres of the caller's own, which trusts everybody on loopback and forgets fsync: for the run, and for tests that stop it. */
export async function startPrivatePostgres(scratch: string): Promise<PrivateServer> {
  const initdb = await program({
    names: ['initdb'],
    package: 'postgresql',
    folders: debianFolders,
    instead: 'set DATABASE_URL to a server on which the tests may create databases',
  });
  const binaries = dirname(initdb);
  const owner = await unprivileged();
  const folder = await mkdtemp(join(scratch, 'postgres-'));
  if (owner !== null) await chown(folder, owner.uid, owner.gid);
  const as = { cwd: folder, ...owner };
  await run(
    initdb,
    ['--pgdata', folder, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
    as,
  );

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=200',
    'timezone=UTC',
  ];
  const args = ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const launch = () => Daemon.start(join(binaries, 'postgres'), args, { ...as, ready: () => answers(url) });
  // SIGINT is Postgres's fast shutdown: it does not wait for clients to leave.
  return PrivateServer.start({ url, folder }, launch, 'SIGINT');
}

/** Debian keeps the server's programs off the PATH, one folder per version; the newest goes first. */
export function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

/** Postgres refuses to run as root; then its own user runs it. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
