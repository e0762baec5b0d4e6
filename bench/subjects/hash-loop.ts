// The yardstick for what is dear: argon2 as the service calls it, as often as the machine can, and nothing around it.
import argon2 from 'argon2';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { HASH_COSTS } from '../../src/platform/hashing/hash-cost.js';

const cost = process.env['HASH_COST'] === 'owasp' ? HASH_COSTS.owasp : HASH_COSTS['short-lived'];
const options = {
  ...({ type: argon2.argon2id, raw: true, hashLength: 32 } as const),
  ...{ memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes },
  ...{ secret: randomBytes(32), associatedData: randomBytes(48) },
};

/** As many at a time as the service has in flight: one per core. */
async function hashFor(ms: number): Promise<number> {
  const end = performance.now() + ms;
  let hashes = 0;
  const line = async () => {
    for (; performance.now() < end; hashes += 1) await argon2.hash('123456', { ...options, salt: randomBytes(16) });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, line));
  return hashes;
}

await hashFor(200);
const [start, before] = [performance.now(), process.cpuUsage()];
const hashes = await hashFor(Number(process.env['MS']));
const { user, system } = process.cpuUsage(before);
const perSecond = (hashes * 1_000) / (performance.now() - start);
process.stdout.write(JSON.stringify({ perSecond, processorMs: (user + system) / 1_000 / hashes }));
