import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RedisConnection } from '../../redis/connection.js';
import { Script } from '../../redis/script.js';
import { hitRecord, type HitRecord } from './hit-record.js';

const countHit = new Script(new URL('./scripts/count-hit.lua', import.meta.url));

/** Requests per address, counted for all nodes together. While Redis is away every request is answered 503 (R51). */
export class RedisHits implements ThrottlerStorage {
  constructor(private readonly redis: RedisConnection) {}

  async increment(address: string, ttlMs: number, limit: number): Promise<HitRecord> {
    const reply = await countHit.run(this.redis, [`${this.redis.prefix}edge:${address}`], [ttlMs]);
    const [hits, leftMs] = reply as [number, number];
    return hitRecord({ hits, leftMs, limit });
  }
}
