import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPrivatePostgres } from '../../test/support/servers/private-postgres.js';
import type { PrivateServer } from '../../test/support/servers/private-server.js';
import { World } from '../../test/support/world.js';
import type { ChaosOptions } from '../options.js';
import type { RedisStore } from './redis-store.js';
import { SentinelRedis } from './sentinel-redis.js';
import { SingleRedis } from './single-redis.js';

const DATABASE = 'einmal';

/** The real Redis and the real Postgres of a run, and how they are reached without any wire that may be cut. */
export class Stores {
  private constructor(
    readonly redis: RedisStore,
    readonly postgres: PrivateServer,
    readonly secrets: string,
  ) {}

  /** @param scratch where their files go. */
  static async start(scratch: string, { redis: kind }: Pick<ChaosOptions, 'redis'>): Promise<Stores> {
    // One after the other: two installations of packages at once would wait for each other's lock.
    const redis = await (kind === 'single' ? SingleRedis.start(scratch) : SentinelRedis.start(scratch));
    const postgres = await startPrivatePostgres(scratch);
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${DATABASE}`);
    await admin.end();
    return new Stores(redis, postgres, `chaos:${randomBytes(32).toString('base64')}`);
  }

  /** The world as the command line and the runner see it. */
  async world(): Promise<World> {
    const primary = await this.redis.primary();
    return new World(primary.url, this.databaseUrl(this.postgres.port), this.secrets);
  }

  databaseUrl(port: number): string {
    return `postgres://postgres@127.0.0.1:${String(port)}/${DATABASE}`;
  }

  async stop(): Promise<void> {
    await Promise.all([this.redis.stop(), this.postgres.kill()]);
  }
}
