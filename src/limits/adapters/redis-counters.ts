import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import { Script } from '../../platform/redis/script.js';
import { Counters, type Take } from '../application/ports.js';
import type { Bucket, Counter } from '../domain/bucket.js';
import { RESERVATION_KEPT_MS, seriesOf, widthMsOf } from '../domain/sliding-window.js';
import { counterText } from './counter-text.js';
import { toTake, type Found } from './to-take.js';

const file = (name: string) => new URL(`./scripts/${name}.lua`, import.meta.url);
const script = (name: string, ...parts: string[]) =>
  new Script(file(name), ...parts.map((part) => file(`parts/${part}`)));
const countAct = script('count-act', 'counter-fields', 'window', 'room');
const forgetActs = script('forget-acts', 'counter-fields', 'window');
const raiseWeight = script('raise-weight');

/**
 * Counters that all nodes share. Each decision is one script, and time is Redis's own.
 *
 * A counter is one hash, which ends when nothing in it matters any more:
 * - `<act>` → epoch milliseconds at which it was counted and its marks, `1732312345678sa`. One record serves every bucket that
 *   counts one of its marks, and is the memory of the reservation. `…sa/COUNTRY-HOUR/`: a shadow rule would have refused it.
 * - `<mark>/<ms>:<number since the epoch>` → how many acts, or how much weight, in a sub-bucket of that width, for buckets too
 *   large to keep each: `s/60000:28871905`. `…:28871905/COUNTRY-DAY/`: how much of that a shadow rule would have refused.
 * - `<series>@` → since when a series counts, where there are several of one mark: what is older is known by the others.
 *
 * An act that is counted in sub-buckets has a note: a key with the moment, and the fields it was added to with its weight there,
 * `1732312345678 country s/60000:28871905=1`. So exactly that is taken off again, whatever rules hold by then.
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
    const [counted, ...numbers] = reply as [0 | 1, ...number[]];
    return toTake(counters, { counted: counted === 1, found: inPairs(numbers) });
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

  async raise(tag: string, counter: Counter, bucket: Bucket, least: ReadonlyMap<number, number>): Promise<void> {
    const pairs = [...least].map((pair) => JSON.stringify(pair));
    const args = [this.clock.offsetMs, bucket.windowMs, widthMsOf(bucket), seriesOf(bucket), ...pairs];
    await raiseWeight.run(this.redis, this.keys(tag, '', [counter]).slice(1), args);
  }

  /** A thing that is a tag by itself has its only counter there: saying it twice would cost every login 30 bytes. */
  private keys(tag: string, act: string, counters: Counter[]): string[] {
    const names = [`:taken:${act}`, ...counters.map(({ key }) => (key === tag ? '' : `:${key}`))];
    return names.map((name) => `${this.redis.prefix}limits:{${tag}}${name}`);
  }
}

/** What each bucket holds, and how long it has no room. */
function inPairs(numbers: number[]): Found[] {
  const found: Found[] = [];
  for (let i = 0; i < numbers.length; i += 2) found.push({ used: numbers[i] ?? 0, waitMs: numbers[i + 1] ?? 0 });
  return found;
}
