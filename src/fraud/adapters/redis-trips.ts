import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import { Trips } from '../application/ports.js';
import { isOver, type Trip } from '../domain/breaker.js';
import { FraudKeys } from './fraud-keys.js';
import { clearTrip, readTrips } from './fraud-scripts.js';

export class RedisTrips extends Trips {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(applicationId: string): Promise<{ trips: Trip[]; now: number }> {
    const keys = new FraudKeys(this.redis.prefix, applicationId);
    const reply = await readTrips.run(this.redis, [keys.trips], [this.clock.offsetMs]);
    const [now, ...entries] = reply as [number, ...string[]];
    const trips: Trip[] = [];
    for (let i = 0; i < entries.length; i += 2) {
      const figures = JSON.parse(entries[i + 1] ?? '{}') as Omit<Trip, 'name'>;
      trips.push({ name: entries[i] ?? '', ...figures });
    }
    return { trips: trips.filter((trip) => !isOver(trip, now)), now };
  }

  async clear(applicationId: string, name: string): Promise<boolean> {
    const keys = new FraudKeys(this.redis.prefix, applicationId);
    const args = [this.clock.offsetMs, name, name.startsWith('spray-') ? 1 : 0];
    return (await clearTrip.run(this.redis, [keys.trips, keys.breaker(name), keys.longer], args)) === 1;
  }
}
