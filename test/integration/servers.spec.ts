import pg from 'pg';
import { createClient } from 'redis';
import { expect, inject, test } from 'vitest';

test('Redis is a real one that never evicts and appends every write to its file', async () => {
  const redis = await createClient({ url: inject('redisUrl') }).connect();
  const settings = await redis.configGet(['maxmemory-policy', 'appendonly', 'appendfsync']);
  redis.destroy();

  expect(settings).toEqual({ 'maxmemory-policy': 'noeviction', appendonly: 'yes', appendfsync: 'everysec' });
});

test('Postgres is a real one, at least version 14', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  const { rows } = await client.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  );
  await client.end();

  expect(rows[0]?.version).toBeGreaterThanOrEqual(140_000);
});
