import { join } from 'node:path';
import { entities, migrations } from './entities.js';
import type { Env } from './env.js';
import { DataDir } from './platform/data-dir.js';
import { Keyring } from './platform/keyring/keyring.js';
import { parseSecrets } from './platform/keyring/secrets.js';
import type { Log } from './platform/log/log.js';
import { dataSource } from './platform/postgres/data-source.js';
import { Database } from './platform/postgres/database.js';
import { EmbeddedPostgres } from './platform/postgres/embedded-postgres.js';
import { RedisConnection } from './platform/redis/connection.js';
import { redisShortcomings } from './platform/redis/redis-shortcomings.js';
import { StartupRefused } from './platform/startup.js';

/** What rests outside the process, opened: Postgres, Redis or none, and the keys to what they hold. */
export interface Stores {
  keyring: Keyring;
  database: Database;
  redis: RedisConnection | null;
  /** The embedded mode's folder; null otherwise. */
  dataDir: DataDir | null;
  close(): Promise<void>;
}

/** Connections per process; a statement takes about a millisecond, so this is plenty for one event loop. */
const POOL_SIZE = 16;

/** @throws {StartupRefused} when a store can not be reached, is in use, or its migrations are pending. */
export function openStores(env: Env, log: Log): Promise<Stores> {
  return env.embedded ? openEmbedded(env, log) : openExternal(env, log);
}

/** Brings its own Postgres and migrates it; hot state stays in memory. */
async function openEmbedded(env: Env, log: Log): Promise<Stores> {
  const dataDir = DataDir.lock(env.dataDir);
  const postgres = await EmbeddedPostgres.open(join(dataDir.path, 'postgres'));
  const source = dataSource({ target: { socketFolder: postgres.socketFolder }, entities, migrations, poolSize: 1 });
  await source.initialize();
  await source.runMigrations();
  const close = async () => {
    await source.destroy();
    await postgres.close();
    dataDir.release();
  };
  return {
    keyring: keyringOf(env.secrets ?? dataDir.secrets()),
    database: new Database(source, log, false),
    redis: null,
    dataDir,
    close,
  };
}

async function openExternal(env: Env, log: Log): Promise<Stores> {
  const { redisUrl = '', databaseUrl = '', secrets = '' } = env;
  const source = dataSource({ target: { url: databaseUrl }, entities, migrations, poolSize: POOL_SIZE });
  const redis = new RedisConnection(redisUrl, log);
  const problems = (
    await Promise.all([
      problemWith(source.initialize(), 'DATABASE_URL: Postgres can not be reached'),
      problemWith(redis.open(), 'REDIS_URL: Redis can not be reached'),
    ])
  ).flat();
  if (problems.length === 0 && env.production) problems.push(...(await redisProblems(redis)));
  if (source.isInitialized && (await source.showMigrations()))
    problems.push('DATABASE_URL: migrations are pending; run: node dist/cli.js migrate');
  const close = async () => {
    redis.close();
    if (source.isInitialized) await source.destroy();
  };
  if (problems.length > 0) {
    await close();
    throw new StartupRefused(problems);
  }
  return { keyring: keyringOf(secrets), database: new Database(source, log), redis, dataDir: null, close };
}

async function redisProblems(redis: RedisConnection): Promise<string[]> {
  try {
    return [...(await redis.info())].flatMap(([node, info]) => redisShortcomings(node, info));
  } catch {
    return ['REDIS_URL: Redis does not say how it is set up; allow this user the command INFO'];
  }
}

async function problemWith(opening: Promise<unknown>, problem: string): Promise<string[]> {
  try {
    await opening;
    return [];
  } catch (error) {
    return [`${problem} (${error instanceof Error && 'code' in error ? String(error.code) : 'no answer'})`];
  }
}

function keyringOf(text: string): Keyring {
  const { secrets, problems } = parseSecrets(text);
  const [newest, ...older] = secrets;
  if (!newest || problems.length > 0) throw new StartupRefused(problems);
  return new Keyring([newest, ...older]);
}
