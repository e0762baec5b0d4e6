import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { parseRedisUrl } from '../../src/platform/redis/redis-url.js';
import { built } from './built.js';
import { RestingRedis } from './resting-redis.js';
import { createDatabase, dropDatabase } from './servers/own-database.js';

const run = promisify(execFile);

export interface Servers {
  redisUrl: string;
  postgresUrl: string;
}

/**
 * A deployment of its own on servers that others may use too.
 *
 * @param template a database that this one's begins as a copy of; without one it is still empty, and `migrate()` comes first.
 */
export async function worldOn({ redisUrl, postgresUrl }: Servers, template?: string): Promise<World> {
  const secrets = `test:${randomBytes(32).toString('base64')}`;
  const [redis, database] = await Promise.all([
    ownRedisDatabase(redisUrl),
    createDatabase(postgresUrl, 'world', template),
  ]);
  return new World(redis, database, secrets);
}

/** What the processes of one deployment share: a Redis database, a Postgres database and the secrets. Set up by the real CLI. */
export class World {
  constructor(
    readonly redisUrl: string,
    readonly databaseUrl: string,
    readonly secrets: string,
  ) {}

  /** The variables by which a process joins this world. */
  get env(): Record<string, string> {
    return { REDIS_URL: this.redisUrl, DATABASE_URL: this.databaseUrl, SECRETS: this.secrets };
  }

  async migrate(): Promise<void> {
    await this.cli('migrate');
  }

  /** An application that may write to every country, and a key of its that may do everything an application's key can. */
  async createApplication(name: string): Promise<{ applicationId: string; key: string }> {
    const applicationId = await this.cli('application', 'create', name, '--countries', 'all');
    return { applicationId, key: await this.cli('key', 'create', applicationId, '--scopes', 'verify,read,admin') };
  }

  createOperatorKey(): Promise<string> {
    return this.cli('key', 'create', '--operator');
  }

  /** Runs the command line as an operator would. @returns the last line it wrote to stdout, where ids and keys stand alone. */
  async cli(...args: string[]): Promise<string> {
    const env = { PATH: process.env['PATH'], ...this.env };
    const { stdout } = await run(process.execPath, [built('cli.js'), ...args], { env });
    return stdout.trimEnd().split('\n').at(-1) ?? '';
  }

  /** Drops the Postgres database, also when somebody is still connected. */
  close(): Promise<void> {
    return dropDatabase(this.databaseUrl);
  }
}

/**
 * The next numbered database. The services' own prefix is fixed, so a number is what keeps worlds apart. A cluster has no
 * numbers: worlds share it, and their random ids and secrets keep their keys apart. Only who wipes it needs one alone.
 */
async function ownRedisDatabase(serverUrl: string): Promise<string> {
  const { target } = parseRedisUrl(serverUrl);
  if (!target || target.kind === 'cluster') return serverUrl;
  const redis = await RestingRedis.open(serverUrl);
  const number = await redis.incr('test:worlds');
  const database = `/${String(1 + (number % ((await redis.databases()) - 1)))}`;
  redis.close();
  if (target.kind === 'sentinel') return serverUrl + database;
  const url = new URL(serverUrl);
  url.pathname = database;
  return url.href;
}
