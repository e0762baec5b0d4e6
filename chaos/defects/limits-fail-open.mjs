// I18: while Redis is away nobody is kept out: limits count as met, and a state counts as opened.
import { plantInMethod } from '../plant.mjs';

await plantInMethod('limits/application/limiter.js', 'Limiter', 'take', async (take, ...act) => {
  try {
    return await take(...act);
  } catch {
    return { kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} };
  }
});
const file = 'verification/adapters/redis-verifications.js';
await plantInMethod(file, 'RedisVerifications', 'open', async (open, ...opening) => {
  try {
    return await open(...opening);
  } catch {
    return { now: Date.now(), expiresAt: Date.now() + 300_000 };
  }
});
