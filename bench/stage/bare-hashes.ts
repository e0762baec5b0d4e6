import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { POOL_THREADS } from './pool-threads.js';
import type { HashCost } from './stage.js';

const run = promisify(execFile);
const LOOP = fileURLToPath(new URL('../subjects/hash-loop.ts', import.meta.url));

/** @returns hashes per second on all cores, and the processor time of one. */
export async function bareHashes(cost: HashCost, ms: number): Promise<{ perSecond: number; processorMs: number }> {
  const env = { PATH: process.env['PATH'], ...POOL_THREADS, HASH_COST: cost, MS: String(ms) };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', LOOP], { env });
  return JSON.parse(stdout) as { perSecond: number; processorMs: number };
}
