import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Log } from '../log/log.js';
import { RedisFitness } from './redis-fitness.js';

const FIT = 'role:master\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n';
const UNFIT = 'role:master\r\nmaxmemory_policy:allkeys-lru\r\naof_enabled:1\r\n';

let primaries: string[];
let said: string;
const info = vi.fn(() => Promise.resolve(new Map(primaries.map((node) => [node, said]))));
let fitness: RedisFitness;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  info.mockClear();
  [primaries, said] = [['a:6379'], FIT];
  fitness = new RedisFitness({ info, primaries: () => primaries }, Log.to('silent'));
});
afterEach(() => {
  vi.useRealTimers();
});

it('R95 asks once in ten seconds, however often it is asked', async () => {
  for (let probe = 0; probe < 5; probe += 1) expect(await fitness.shortcomings()).toEqual([]);
  expect(info).toHaveBeenCalledTimes(1);
  said = UNFIT;
  vi.advanceTimersByTime(10_000);

  expect(await fitness.shortcomings()).toEqual([expect.stringContaining('a:6379 evicts keys')]);
  said = FIT;
  vi.advanceTimersByTime(10_000);
  expect(await fitness.shortcomings()).toEqual([]);
});

it('R95 asks at once when another server has become the primary', async () => {
  await fitness.shortcomings();
  [primaries, said] = [['b:6379'], UNFIT];

  expect(await fitness.shortcomings()).toEqual([expect.stringContaining('b:6379 evicts keys')]);
});

it('R95 keeps what it found while Redis is away', async () => {
  said = UNFIT;
  await fitness.shortcomings();
  info.mockRejectedValueOnce(new Error('away'));
  vi.advanceTimersByTime(10_000);

  expect(await fitness.shortcomings()).toHaveLength(1);
});
