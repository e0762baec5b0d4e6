import type { TestProject } from 'vitest/node';
import { startPostgres } from './servers/private-postgres.js';
import { startRedis } from './servers/private-redis.js';

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string;
    /** Where Redis keeps its append-only file; null when REDIS_URL named a server that is not ours. */
    redisFolder: string | null;
    postgresUrl: string;
    /** The cluster's files; null when DATABASE_URL named a server that is not ours. */
    postgresFolder: string | null;
  }
}

type Servers = Awaited<ReturnType<typeof startServers>>;

/**
 * Every project that names this file loads its own copy of it, so what they share stands on the process: one set of servers
 * per run, counted, stopped by the last project that ends.
 */
const shared = process as typeof process & { einmalTestServers?: { users: number; starting: Promise<Servers> } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = (shared.einmalTestServers ??= { users: 0, starting: startServers() });
  run.users += 1;
  const { redis, postgres } = await run.starting;
  project.provide('redisUrl', redis.url);
  project.provide('redisFolder', redis.folder);
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresFolder', postgres.folder);
  return async () => {
    run.users -= 1;
    if (run.users > 0) return;
    delete shared.einmalTestServers;
    await Promise.all([redis.stop(), postgres.stop()]);
  };
}

/** One after the other: two installations at once would wait for each other's lock. */
async function startServers() {
  const redis = await startRedis();
  try {
    return { redis, postgres: await startPostgres() };
  } catch (error) {
    await redis.stop();
    throw error;
  }
}
