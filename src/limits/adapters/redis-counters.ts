import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import { Script } from '../../platform/redis/script.js';
import { Counters, type Take } from '../application/ports.js';
import type { Counter } from '../domain/bucket.js';
import { RESERVATION_KEPT_MS } from '../domain/sliding-window.js';
import { counterText } from './counter-text.js';
import { toTake } from './to-take.js';

const countAct = new Script(new URL('./scripts/count-act.lua', import.meta.url));
const forgetActs = new Script(new URL('./scripts/forget-acts.lua', import.meta.url));

/**
 * Counters that all nodes share. Each decision is one script, and time is Redis's own.
 *
 * A counter is one hash, which ends when nothing in it matters any more:
 * - `<act>` → epoch milliseconds at which it was counted and its marks, `1732312345678sa`. One record serves every bucket that
 *   counts one of its marks, and is the memory of the reservation.
 * - `<rule>/<ms of a sub-bucket>:<number of it since the epoch>` → how many acts, for buckets too large to keep each.
 *
 * An act that is only in such fields has a key of its own, with the moment at which it was counted.
 */
export class RedisCounters extends Counters {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(tag: string, act: string, counters: Counter[]): Promise<Take> {
    const args = [this.clock.offsetMs, act, RESERVATION_KEPT_MS, ...counters.map(counterText)];
    const reply = await countAct.run(this.redis, this.keys(tag, act, counters), args);
    const [counted, ...waitsMs] = reply as [0 | 1, ...number[]];
    return toTake(counters, { counted: counted === 1, waitsMs });
  }

  look(tag: string, counters: Counter[]): Promise<Take> {
    return this.take(tag, '', counters);
  }

  async refund(tag: string, act: string, counters: Counter[], clearing = ''): Promise<void> {
    const args = [this.clock.offsetMs, act, RESERVATION_KEPT_MS, clearing, ...counters.map(counterText)];
    await forgetActs.run(this.redis, this.keys(tag, act, counters), args);
  }

  clear(tag: string, marks: string, counters: Counter[]): Promise<void> {
    return this.refund(tag, '', counters, marks);
  }

  /** A thing that is a tag by itself has its only counter there: saying it twice would cost every login 30 bytes. */
  private keys(tag: string, act: string, counters: Counter[]): string[] {
    const names = [`:taken:${act}`, ...counters.map(({ key }) => (key === tag ? '' : `:${key}`))];
    return names.map((name) => `${this.redis.prefix}limits:{${tag}}${name}`);
  }
}
