import { readdir, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { Place } from './canaries.js';
import type { PrivateServer } from './servers/private-server.js';
import type { WorldClock } from './world-clock.js';

/** Everything that a Redis of one's own is told and keeps: the wire, the slow log, the file and the keys. */
export class WatchedRedis {
  private readonly wire: string[] = [];

  private constructor(
    private readonly server: PrivateServer,
    private readonly monitor: Socket,
  ) {
    monitor.on('data', (data) => this.wire.push(data.toString('latin1')));
  }

  static async watch(server: PrivateServer): Promise<WatchedRedis> {
    const redis = await createClient({ url: server.url }).connect();
    await redis.configSet({ 'slowlog-log-slower-than': '0', 'slowlog-max-len': '100000' });
    redis.destroy();
    const { hostname, port } = new URL(server.url);
    const monitor = connect(Number(port), hostname, () => monitor.write('MONITOR\r\n'));
    return new WatchedRedis(server, monitor);
  }

  async places(worldUrl: string): Promise<Place[]> {
    const redis = await createClient({ url: worldUrl }).connect();
    const slowLog = await redis.sendCommand(['SLOWLOG', 'GET', '-1']);
    const kept: unknown[] = [];
    for (const key of await redis.keys('*')) {
      const value = (await redis.type(key)) === 'hash' ? await redis.hGetAll(key) : await redis.get(key);
      kept.push([key, value]);
    }
    redis.destroy();
    return [
      { name: 'Redis, on the wire', text: this.wire.join('') },
      { name: 'Redis, slow log', text: JSON.stringify(slowLog) },
      { name: 'Redis, file', text: await filesIn(join(this.server.folder, 'appendonlydir')) },
      { name: 'Redis, keys', text: JSON.stringify(kept) },
    ];
  }

  stop(): void {
    this.monitor.destroy();
  }
}

async function filesIn(folder: string): Promise<string> {
  const contents = (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1'));
  return (await Promise.all(contents)).join('');
}

/** Every row of every table, as a dump has it: bytes in hexadecimal. */
export async function postgresDump(clock: WorldClock): Promise<Place> {
  const tables = await clock.rows<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const dumps = tables.map(({ name }) => clock.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} t`));
  return {
    name: 'Postgres',
    text: (await Promise.all(dumps)).flatMap((rows) => rows.map(({ row }) => row)).join('\n'),
  };
}
