/**
 * argon2 runs in libuv's pool, and so do DNS look-ups and file reads: while hashes hold every thread, no provider's name is
 * resolved. Node makes the pool before it runs our first line (it reads modules through it), so its size can only be set in
 * the environment that Node starts in.
 */

/** What libuv makes when nobody says otherwise. */
const DEFAULT_THREADS = 4;
/** Threads that no hash may take: one look-up that hangs must not keep the others out. */
export const SPARE_THREADS = 2;
/** libuv's own maximum. */
export const MOST_THREADS = 1024;

/**
 * @param size `UV_THREADPOOL_SIZE` as libuv reads it.
 * @param wanted `HASH_CONCURRENCY`, when it is set.
 */
export function readPoolThreads(
  size: string | undefined,
  wanted: number | undefined,
): { poolThreads: number; problems: string[] } {
  const poolThreads = size ? Number(size) : DEFAULT_THREADS;
  const problems: string[] = [];
  if (!Number.isInteger(poolThreads) || poolThreads <= SPARE_THREADS || poolThreads > MOST_THREADS)
    problems.push(
      `UV_THREADPOOL_SIZE: must be a whole number from ${String(SPARE_THREADS + 1)} to ${String(MOST_THREADS)}`,
    );
  else if (wanted !== undefined && wanted + SPARE_THREADS > poolThreads)
    problems.push(
      `HASH_CONCURRENCY: ${String(wanted)} needs UV_THREADPOOL_SIZE=${String(wanted + SPARE_THREADS)} or more, set before Node starts`,
    );
  return { poolThreads, problems };
}

/** How many hashes run at once: one per core, as far as the pool has threads to spare. `wanted` was checked against both. */
export function hashConcurrency({
  cores,
  threads,
  wanted,
}: {
  cores: number;
  threads: number;
  wanted?: number | undefined;
}) {
  return wanted ?? Math.min(cores, threads - SPARE_THREADS);
}
