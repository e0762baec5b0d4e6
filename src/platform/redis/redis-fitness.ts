import type { Log } from '../log/log.js';
import type { RedisConnection } from './connection.js';
import { redisShortcomings } from './redis-shortcomings.js';

const HOLDS_MS = 10_000;

/**
 * Whether every primary still keeps what it is told (R95): a fail-over may have made a replica the primary that was set up
 * carelessly. Asked at every probe, it looks every ten seconds, and at once when a primary is another.
 */
export class RedisFitness {
  private about = '';
  private lookedAt = -Infinity;
  private problems: string[] = [];

  constructor(
    private readonly redis: Pick<RedisConnection, 'info' | 'primaries'>,
    private readonly log: Log,
  ) {}

  /** @returns what is wrong, with the remedy; nothing when all is well. While Redis is away the last finding stands. */
  async shortcomings(): Promise<string[]> {
    const primaries = this.redis.primaries().join();
    if (primaries === this.about && performance.now() - this.lookedAt < HOLDS_MS) return this.problems;
    try {
      this.problems = [...(await this.redis.info())].flatMap(([node, info]) => redisShortcomings(node, info));
      this.about = primaries;
      this.lookedAt = performance.now();
      if (this.problems.length > 0) this.log.warn('redis.unfit', { problems: this.problems });
    } catch {
      // Then the ping fails as well, which is what readiness tells.
    }
    return this.problems;
  }
}
