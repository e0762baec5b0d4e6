// I4: the limiter looks, waits as a second trip would take, and then counts whatever others have counted meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { plantInMethod } from '../plant.mjs';

await plantInMethod(
  'limits/adapters/redis-buckets.js',
  'RedisBuckets',
  'take',
  async function (take, tag, act, buckets) {
    if (!act.startsWith('send:')) return take(tag, act, buckets);
    const seen = await this.look(tag, buckets);
    if (seen.kind === 'refused') return seen;
    await sleep(50);
    return take(
      tag,
      act,
      buckets.map((bucket) => ({ ...bucket, max: Number.MAX_SAFE_INTEGER })),
    );
  },
);
