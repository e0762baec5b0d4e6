import { createClient, RESP_TYPES } from 'redis';
import type { World } from './world.js';

/** Every key of a world's Redis with its value, as DUMP gives it, and the life it had left. */
export type Snapshot = { key: string; value: Buffer; lifeMs: number }[];

async function inRedis<T>(
  { redisUrl }: World,
  work: (redis: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const redis = await connect(redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.destroy();
  }
}

const connect = (url: string) =>
  createClient({ url })
    .withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
    .connect();

export const takeSnapshot = (world: World): Promise<Snapshot> =>
  inRedis(world, async (redis) => {
    const keys = (await redis.keys('*')).map(String);
    const read = async (key: string) => ({ key, value: await redis.dump(key), lifeMs: await redis.pTTL(key) });
    return Promise.all(keys.map(read));
  });

/** Makes the world's Redis what the snapshot says, and nothing else, in one step: a service that runs meanwhile writes keys too. */
export const putSnapshot = (world: World, snapshot: Snapshot): Promise<void> =>
  inRedis(world, async (redis) => {
    const step = redis.multi().flushDb();
    for (const { key, value, lifeMs } of snapshot) step.restore(key, Math.max(lifeMs, 0), value);
    await step.exec();
  });
