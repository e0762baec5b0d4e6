import pg, { type QueryResultRow } from 'pg';
import { RestingRedis } from './resting-redis.js';
import { sendsGrowOlder } from './limit-counters.js';
import type { World } from './world.js';

/** Lets time pass for one world without waiting: moves what its rows and keys wait for, and wakes the workers. */
export class WorldClock {
  private constructor(
    private readonly postgres: pg.Pool,
    private readonly redisUrl: string,
  ) {}

  static open({ databaseUrl, redisUrl }: World): WorldClock {
    const postgres = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    // Suites stop the server; a lost idle connection is not theirs to handle.
    postgres.on('error', () => undefined);
    return new WorldClock(postgres, redisUrl);
  }

  /** 15 s: whoever holds a delivery has lost it. */
  async leasesPass(): Promise<void> {
    await this.rows(
      'UPDATE deliveries SET lease_until = now(), due_at = least(due_at, now()) WHERE lease_until IS NOT NULL',
    );
    await this.wakeWorkers();
  }

  /** 60 s: no report has come in time for what was sent. */
  async reportTimeoutsPass(): Promise<void> {
    await this.rows(`UPDATE deliveries SET due_at = now() WHERE status = 'sent' AND due_at IS NOT NULL`);
    await this.wakeWorkers();
  }

  /** 30 s and more: somebody may ask for another message, and a request that never settled no longer blocks its key. */
  async cooldownsPass(): Promise<void> {
    await this.rows(`UPDATE verifications SET resend_at = now() WHERE status = 'pending'`);
    const redis = await RestingRedis.open(this.redisUrl);
    await sendsGrowOlder(redis, 31_000);
    await redis.del(...(await redis.keys('einmal:idem:*')));
    redis.close();
  }

  /** Minutes: every authenticator shows a code that is later than all that were taken in. */
  async timeStepsPass(): Promise<void> {
    await this.rows('UPDATE factors SET last_step = last_step - 10');
  }

  /** What workers would hear from whoever made something due. */
  async wakeWorkers(): Promise<void> {
    const redis = await RestingRedis.open(this.redisUrl);
    await redis.publish('einmal:due', '');
    redis.close();
  }

  /** Redis loses everything this world has in it. */
  async wipeRedis(): Promise<void> {
    const redis = await RestingRedis.open(this.redisUrl);
    await redis.wipe();
    redis.close();
  }

  async rows<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.postgres.query<Row>(sql, values)).rows;
  }

  close(): Promise<void> {
    return this.postgres.end();
  }
}
