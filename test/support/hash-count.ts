import type { Service } from './service.js';

/** What makes a service count its hashes. */
export const countHashes = { NODE_OPTIONS: `--import=${new URL('count-hashes.mjs', import.meta.url).href}` };

/** How many hashes a service that counts them has begun, and the most that ran at once. */
export function hashesOf(service: Service): { begun: number; mostAtOnce: number } {
  const running = service.logs.flatMap((line) => {
    const match = /^hash \d+ running (\d+)$/.exec(line);
    return match ? [Number(match[1])] : [];
  });
  return { begun: running.length, mostAtOnce: Math.max(0, ...running) };
}
