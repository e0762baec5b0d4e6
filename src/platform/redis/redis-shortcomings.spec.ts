import { expect, it } from 'vitest';
import { redisShortcomings } from './redis-shortcomings.js';

const info = (policy: string, aof: string, role = 'master') =>
  [
    '# Replication',
    `role:${role}`,
    '# Memory',
    `maxmemory_policy:${policy}`,
    '# Persistence',
    `aof_enabled:${aof}`,
    '',
  ].join('\r\n');

it('R95 has nothing to say of a Redis that keeps what it is told', () => {
  expect(redisShortcomings('redis-2:6379', info('noeviction', '1'))).toEqual([]);
});

it.each([
  ['evicts', info('allkeys-lru', '1'), /redis-2:6379 evicts keys \(maxmemory-policy allkeys-lru\)/],
  ['is a replica', info('noeviction', '1', 'slave'), /redis-2:6379 is not a primary \(role slave\)/],
  ['forgets at a restart', info('noeviction', '0'), /redis-2:6379 keeps no append-only/],
])('R95 tells what is wrong with one that %s', (_, said, problem) => {
  expect(redisShortcomings('redis-2:6379', said)).toEqual([expect.stringMatching(problem)]);
});

it('R95 takes silence for a no', () => {
  expect(redisShortcomings('redis-2:6379', '')).toHaveLength(3);
});
