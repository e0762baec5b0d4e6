import type { RestingRedis } from './resting-redis.js';

/** A sub-bucket of the detectors' hour. */
const WIDTH_MS = 180_000;

/** So much later every code is over, and what was sent is settled; a whole number of sub-buckets. */
export const CODES_ARE_OVER_MS = 3 * WIDTH_MS;

/** Lets time pass for what the detectors of an application know, as if all of it had happened that much earlier. */
export async function suspicionsGrowOlder(redis: RestingRedis, applicationId: string, byMs: number): Promise<void> {
  for (const key of await redis.keys(`einmal:fraud:{${applicationId}}:*`)) {
    if ((await redis.type(key)) !== 'hash') continue;
    const held = Object.entries(await redis.hGetAll(key));
    const counts = held.filter(([field]) => /^[safg]:\d+$/.test(field));
    if (counts.length > 0)
      await redis.hDel(
        key,
        counts.map(([field]) => field),
      );
    for (const [field, value] of counts) await redis.hSet(key, earlierBucket(field, byMs), value);
    for (const [field, value] of held) {
      const [, at, rest = ''] = /^(\d{13})(.*)$/.exec(value) ?? [];
      if (at !== undefined) await redis.hSet(key, field, `${String(Number(at) - byMs)}${rest}`);
    }
  }
}

function earlierBucket(field: string, byMs: number): string {
  const [kind = '', number] = field.split(':');
  return `${kind}:${String(Number(number) - byMs / WIDTH_MS)}`;
}
