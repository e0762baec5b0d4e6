// I4: the limiter looks, waits as a second trip would take, and then lets through whatever others have counted meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { plantInMethod } from '../plant.mjs';

await plantInMethod('limits/application/limiter.js', 'Limiter', 'take', async function (take, on, ...act) {
  if (on !== 'send') return take(on, ...act);
  const [, dimensions] = act;
  const seen = await this.look(on, dimensions);
  if (seen.kind === 'refused') return seen;
  await sleep(50);
  await take(on, ...act);
  return { kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} };
});
