import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dropDatabase, onServer } from './servers/own-database.js';
import { startPostgres, type RunningPostgres } from './servers/private-postgres.js';
import { startRedis, type RunningRedis } from './servers/private-redis.js';
import { OATHTOOL, program } from './servers/programs.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's temporary files go; removed at its end. */
    scratchFolder: string;
    redisUrl: string;
    /** Where Redis keeps its append-only file; null when REDIS_URL named a server that is not ours. */
    redisFolder: string | null;
    postgresUrl: string;
    /** The name of the database that `migratedTemplate()` makes there. */
    postgresTemplate: string;
    /** The cluster's files; null when DATABASE_URL named a server that is not ours. */
    postgresFolder: string | null;
  }
}

interface Servers {
  scratch: string;
  redis: RunningRedis;
  postgres: RunningPostgres;
  template: string;
}

/**
 * Every project that names this file loads its own copy of it, so what they share stands on the process: one set of servers
 * per run, counted, stopped by the last project that ends.
 */
const shared = process as typeof process & { einmalTestServers?: { users: number; starting: Promise<Servers> } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = (shared.einmalTestServers ??= { users: 0, starting: startServers() });
  run.users += 1;
  const servers = await run.starting;
  const { scratch, redis, postgres, template } = servers;
  project.provide('scratchFolder', scratch);
  project.provide('redisUrl', redis.url);
  project.provide('redisFolder', redis.folder);
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresTemplate', template);
  project.provide('postgresFolder', postgres.folder);
  return async () => {
    run.users -= 1;
    if (run.users > 0) return;
    delete shared.einmalTestServers;
    await stop(servers);
  };
}

async function startServers(): Promise<Servers> {
  const scratch = await mkdtemp(join(tmpdir(), 'einmal-tests-'));
  // Postgres runs as another user where we are root, and must get to its folder.
  await chmod(scratch, 0o711);
  const started: { redis?: RunningRedis } = {};
  try {
    // One after the other: two installations at once would wait for each other's lock.
    const redis = (started.redis = await startRedis(scratch));
    await program(OATHTOOL);
    const template = `template_${randomBytes(6).toString('hex')}`;
    return { scratch, redis, postgres: await startPostgres(scratch), template };
  } catch (error) {
    await stop({ scratch, ...started });
    throw error;
  }
}

async function stop({
  scratch,
  redis,
  postgres,
  template,
}: Pick<Servers, 'scratch'> & Partial<Servers>): Promise<void> {
  // A server that is not ours goes on without us.
  if (postgres?.folder === null && template !== undefined) await dropDatabase(onServer(postgres.url, template));
  await Promise.all([redis?.stop(), postgres?.stop()]);
  await rm(scratch, { recursive: true, force: true });
}
