import { join } from 'node:path';
import pg from 'pg';
import { createClient, RESP_TYPES } from 'redis';
import { postgresDump } from '../test/support/resting-places.js';
import { WorldClock } from '../test/support/world-clock.js';
import type { Dumps, RedisKey } from './history/dumps.js';
import type { Stores } from './world/stores.js';

/** What both stores hold now, times on the run's clock. @param epochMs when that clock stood at 0. */
export async function dump(stores: Stores, epochMs: number, expiries: Map<string, Date>): Promise<Dumps> {
  const world = await stores.world();
  const rows = await RowReader.open(world.databaseUrl, epochMs);
  const clock = WorldClock.open(world);
  try {
    return {
      verifications: (await rows.of<Dumps['verifications'][number]>('verifications')).map((row) => {
        const expiry = expiries.get(row.id);
        return expiry ? { ...row, expiresAtMs: expiry.getTime() - epochMs } : row;
      }),
      deliveries: await rows.of('deliveries'),
      sendAttempts: await rows.of('send_attempts'),
      reports: await rows.of('reports'),
      events: await rows.of('events'),
      webhookMessages: await rows.of('webhook_messages'),
      factors: await rows.of('factors'),
      backupCodes: await rows.of('backup_codes'),
      redis: await redisKeys(world.redisUrl),
      postgresText: (await postgresDump(clock)).text,
      folders: [...stores.redis.servers.map(({ folder }) => join(folder, 'appendonlydir')), stores.postgres.folder],
    };
  } finally {
    await Promise.all([rows.close(), clock.close()]);
  }
}

/** Rows under their columns' names, and `created_at` as `createdAtMs`. */
class RowReader {
  private constructor(
    private readonly client: pg.Client,
    private readonly epochMs: number,
  ) {}

  static async open(url: string, epochMs: number): Promise<RowReader> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new RowReader(client, epochMs);
  }

  async of<Row>(table: string): Promise<Row[]> {
    const { rows } = await this.client.query<Record<string, unknown>>(`SELECT * FROM ${table}`);
    return rows.map((row) => Object.fromEntries(Object.entries(row).map((column) => this.read(column))) as Row);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private read([name, value]: [string, unknown]): [string, unknown] {
    const [stem] = name.split(/_at$|_until$/);
    if (stem === name) return [name, value];
    const time = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [`${time}Ms`, value instanceof Date ? value.getTime() - this.epochMs : null];
  }
}

async function redisKeys(url: string): Promise<RedisKey[]> {
  const redis = createClient({ url });
  await redis.connect();
  const keys: RedisKey[] = [];
  for await (const found of redis.scanIterator({ COUNT: 1_000 }))
    for (const key of found) {
      const type = await redis.type(key);
      keys.push({ key, type, ttlMs: await redis.pTTL(key), value: await valueOf(redis, key, type) });
    }
  redis.destroy();
  return keys;
}

type Redis = ReturnType<typeof createClient>;

async function valueOf(redis: Redis, key: string, type: string): Promise<RedisKey['value']> {
  if (type === 'hash') return redis.hGetAll(key);
  if (type === 'string') return (await redis.get(key)) ?? '';
  const bytes = await redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).dump(key);
  return (bytes as Buffer | null)?.toString('latin1') ?? '';
}
