import { describe, expect, it } from 'vitest';
import { hashConcurrency, readPoolThreads } from './pool-threads.js';

describe('R12 hashes at once', () => {
  it.each([
    { cores: 1, threads: 4, expected: 1 },
    { cores: 2, threads: 4, expected: 2 },
    { cores: 16, threads: 4, expected: 2 },
    { cores: 16, threads: 18, expected: 16 },
    { cores: 16, threads: 3, expected: 1 },
  ])(
    'are $expected on $cores cores with $threads threads: two are left to DNS and files',
    ({ cores, threads, expected }) => {
      expect(hashConcurrency({ cores, threads })).toBe(expected);
    },
  );

  it('are as many as the operator wants', () => {
    expect(hashConcurrency({ cores: 16, threads: 18, wanted: 3 })).toBe(3);
  });
});

describe('readPoolThreads', () => {
  it('knows what libuv does by itself', () => {
    expect(readPoolThreads(undefined, undefined)).toEqual({ poolThreads: 4, problems: [] });
    expect(readPoolThreads('', 2)).toEqual({ poolThreads: 4, problems: [] });
  });

  it.each(['0', '2', '2.5', '1025', 'many', '-4'])('refuses %s', (size) => {
    expect(readPoolThreads(size, undefined).problems).toEqual([
      'UV_THREADPOOL_SIZE: must be a whole number from 3 to 1024',
    ]);
  });

  it('refuses a concurrency that would take every thread', () => {
    expect(readPoolThreads('8', 6).problems).toEqual([]);
    expect(readPoolThreads('8', 7).problems).toEqual([
      'HASH_CONCURRENCY: 7 needs UV_THREADPOOL_SIZE=9 or more, set before Node starts',
    ]);
  });
});
