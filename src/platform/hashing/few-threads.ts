import { availableParallelism } from 'node:os';
import type { Env } from '../../env.js';
import type { Log } from '../log/log.js';
import { hashConcurrency, SPARE_THREADS } from './pool-threads.js';

/** Says so when there are cores that no hash can use, because the pool was left at its four threads (production only). */
export function warnOfFewThreads({ production, poolThreads: threads, hashConcurrency: wanted }: Env, log: Log): void {
  const cores = availableParallelism();
  const hashesAtOnce = hashConcurrency({ cores, threads });
  if (!production || wanted !== undefined || hashesAtOnce === cores) return;
  log.warn('hashing.few-threads', { cores, hashesAtOnce, set: `UV_THREADPOOL_SIZE=${String(cores + SPARE_THREADS)}` });
}
