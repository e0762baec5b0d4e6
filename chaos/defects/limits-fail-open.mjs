// I18: while Redis is away nobody is kept out: limits count as met, and a state counts as opened.
import { plantInMethod } from '../plant.mjs';

const file = 'platform/redis/connection.js';
await plantInMethod(file, 'RedisConnection', 'evaluate', async (evaluate, script, keys, args) => {
  try {
    return await evaluate(script, keys, args);
  } catch (error) {
    const [now, does] = [Date.now(), script.text.split('\n', 1)[0]];
    if (does.includes('Opens the hot state')) return [now, now + 300_000];
    if (does.includes('Counts one in every bucket')) return keys.map((_, n) => (n === 0 ? 1 : 0));
    if (does.includes('idempotency key as being answered')) return 1;
    throw error;
  }
});
