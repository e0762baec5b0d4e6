import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database } from '../platform/postgres/database.js';
import { RedisConnection } from '../platform/redis/connection.js';
import { Script } from '../platform/redis/script.js';
import { inTime } from './in-time.js';

const READ_CLOCK = new Script(new URL('./scripts/read-clock.lua', import.meta.url));
const READ_CLOCK_SQL = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms';

/** How a store answered. `skewSeconds`: how far its clock is ahead of this process, correct to half the time it took. */
export interface Probe {
  store: 'redis' | 'postgres';
  skewSeconds: number | null;
}

/** Asks both stores what time they have: whether they answer, and how far the clocks are apart (I15). */
@Injectable()
export class StoreProbe {
  constructor(
    private readonly database: Database,
    @Optional() @Inject(RedisConnection) private readonly redis?: RedisConnection,
  ) {}

  probe(): Promise<Probe[]> {
    const postgres = skewOf('postgres', async () => {
      const [row] = await this.database.query<{ ms: number }>(READ_CLOCK_SQL);
      return row?.ms ?? NaN;
    });
    const { redis } = this;
    if (!redis) return Promise.all([postgres]);
    const clock = async () => Number(await READ_CLOCK.run(redis, ['einmal:{clock}'], [])) / 1_000;
    return Promise.all([postgres, skewOf('redis', clock)]);
  }
}

/** @param clock gives milliseconds since the epoch. */
async function skewOf(store: Probe['store'], clock: () => Promise<number>): Promise<Probe> {
  const askedAt = Date.now();
  const theirs = (await inTime(clock())) ?? NaN;
  const ours = (askedAt + Date.now()) / 2;
  return { store, skewSeconds: Number.isFinite(theirs) ? (theirs - ours) / 1_000 : null };
}
