// I15: whether a code has expired is read off the node's own clock.
import { plantInMethod } from '../plant.mjs';

const file = 'verification/adapters/redis-verifications.js';
await plantInMethod(file, 'RedisVerifications', 'peek', async (peek, ...asked) => {
  const found = await peek(...asked);
  return found && { ...found, state: { ...found.state, now: Date.now() } };
});
