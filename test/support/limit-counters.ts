import type { RestingRedis } from './resting-redis.js';

/** How the counters of the limiter mark what they count. */
export const MARKS = { send: 's', askedFor: 'a', check: 'c', failure: 'f' };

/** How many acts with a mark are counted, for all things of all applications together. */
export async function actsCounted(redis: RestingRedis, mark: string, things = '*'): Promise<number> {
  const keys = await redis.keys(`einmal:limits:{app_*}:${things}`);
  const acts = (await Promise.all(keys.map((key) => redis.hGetAll(key)))).flatMap((hash) => Object.values(hash));
  return acts.filter((act) => act.includes(mark)).length;
}

/** Lets time pass for sends that were counted, as if each had happened that much earlier. */
export async function sendsGrowOlder(redis: RestingRedis, byMs: number, applicationId = '*'): Promise<void> {
  for (const key of await redis.keys(`einmal:limits:{${applicationId}}:*`))
    for (const [act, value] of Object.entries(await redis.hGetAll(key))) {
      const [, at, marks] = /^(\d+)(\w*s\w*)$/.exec(value) ?? [];
      if (at !== undefined) await redis.hSet(key, act, `${String(Number(at) - byMs)}${marks ?? ''}`);
    }
}
