import { availableParallelism } from 'node:os';
import { SPARE_THREADS } from '../../src/platform/hashing/pool-threads.js';

/** What an operator sets so that every core hashes: libuv's own four threads are enough for two cores only. */
export const POOL_THREADS = { UV_THREADPOOL_SIZE: String(availableParallelism() + SPARE_THREADS) };
