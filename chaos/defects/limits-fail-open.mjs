// I18: while Redis is away nobody is kept out: limits count as met, nobody is suspected, and a state counts as opened.
import { plantInMethod } from '../plant.mjs';

const failOpen = (file, className, method, answer) =>
  plantInMethod(file, className, method, async (sound, ...given) => {
    try {
      return await sound(...given);
    } catch {
      return answer();
    }
  });

const met = () => ({ kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} });
await failOpen('limits/application/limiter.js', 'Limiter', 'take', met);
const send = 'verification/application/send/send-suspicion.js';
await failOpen(send, 'SendSuspicion', 'judge', met);
await failOpen(send, 'SendSuspicion', 'count', met);
const state = () => ({ now: Date.now(), expiresAt: Date.now() + 300_000 });
await failOpen('verification/adapters/redis-verifications.js', 'RedisVerifications', 'open', state);
