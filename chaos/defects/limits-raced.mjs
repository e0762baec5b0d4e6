// I4: the limiter looks, waits as a second trip would take, and then counts whatever others have counted meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { plantInMethod } from '../plant.mjs';

await plantInMethod(
  'limits/adapters/redis-counters.js',
  'RedisCounters',
  'take',
  async function (take, tag, act, counters) {
    if (!act.startsWith('s:')) return take(tag, act, counters);
    const seen = await this.look(tag, counters);
    if (seen.kind === 'refused') return seen;
    await sleep(50);
    const roomy = ({ buckets, ...counter }) => ({ ...counter, buckets: buckets.map(widest) });
    return take(tag, act, counters.map(roomy));
  },
);

/** As many as a counter still keeps one by one, where the next look finds them: see sliding-window.ts. */
const widest = (bucket) => ({ ...bucket, max: Math.floor(100 / Math.ceil(Math.max(1, 900_000 / bucket.windowMs))) });
