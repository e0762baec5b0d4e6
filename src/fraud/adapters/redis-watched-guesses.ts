import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import { WatchedGuesses, type WatchedGuess } from '../application/ports.js';
import type { Breaker, Trip } from '../domain/breaker.js';
import { REMEMBERED_MS } from '../domain/numbers-window.js';
import { breakerText } from './breaker-text.js';
import { FraudKeys } from './fraud-keys.js';
import { countGuess, lookAtBreaker } from './fraud-scripts.js';

export class RedisWatchedGuesses extends WatchedGuesses {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async waitMs(applicationId: string, { name }: Breaker): Promise<number> {
    const key = new FraudKeys(this.redis.prefix, applicationId).breaker(name);
    return Number(await lookAtBreaker.run(this.redis, [key], [this.clock.offsetMs]));
  }

  async count({ applicationId, verificationId, right, breakers, longerForMs }: WatchedGuess): Promise<Trip[]> {
    const keys = new FraudKeys(this.redis.prefix, applicationId);
    const names = [keys.verification(verificationId), keys.trips, keys.longer];
    const args = [this.clock.offsetMs, right ? 1 : 0, REMEMBERED_MS, longerForMs, ...breakers.map(breakerText)];
    const reply = await countGuess.run(this.redis, [...names, ...breakers.map(({ name }) => keys.breaker(name))], args);
    const [since = 0, ...told] = reply as number[];
    return breakers.flatMap(({ name, blockMs }, i) => {
      const [trips = 0, counted = 0, good = 0] = told.slice(3 * i, 3 * i + 3);
      return trips === 1 ? [{ name, since, until: since + blockMs, counted, good }] : [];
    });
  }
}
