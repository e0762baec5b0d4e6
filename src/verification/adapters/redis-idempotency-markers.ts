import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../platform/redis/connection.js';
import { IdempotencyMarkers } from '../application/hot-state.js';
import { markerKey, script } from './verification-keys.js';

/** Longer than a start can take; a crash in between blocks its key for this long. */
const MARKER_MS = 30_000;

const scripts = { claim: script('claim-marker'), release: script('release-marker') };

@Injectable()
export class RedisIdempotencyMarkers extends IdempotencyMarkers {
  constructor(private readonly redis: RedisConnection) {
    super();
  }

  async claim(applicationId: string, key: string): Promise<boolean> {
    return (await scripts.claim.run(this.redis, [markerKey(this.redis.prefix, applicationId, key)], [MARKER_MS])) === 1;
  }

  async release(applicationId: string, key: string): Promise<void> {
    await scripts.release.run(this.redis, [markerKey(this.redis.prefix, applicationId, key)], []);
  }
}
