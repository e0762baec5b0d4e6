import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Log } from './log/log.js';
import { Rounds } from './rounds.js';
import type { Runtime } from './runtime.js';

const asRole = (role: string) => new Rounds({ env: { role } } as Runtime, Log.to('silent'));

describe('rounds', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('go on batch after batch until nothing is left, and come again', async () => {
    const left = [500, 500, 20, 0, 7, 0];
    const work = vi.fn(() => Promise.resolve(left.shift() ?? 0));
    asRole('all').begin({ name: 'forget', everyMs: 1_000, work });

    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(6);
  });

  test('of one kind never overlap', async () => {
    const work = vi.fn(() => new Promise<number>(() => undefined));
    asRole('worker').begin({ name: 'forget', everyMs: 1_000, work });

    await vi.advanceTimersByTimeAsync(5_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('that failed are tried again at their next turn', async () => {
    const work = vi.fn(() => Promise.reject(new Error('away')));
    asRole('worker').begin({ name: 'forget', everyMs: 1_000, work });

    await vi.advanceTimersByTimeAsync(2_000);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test('are nothing for a node that only answers requests, nor for one that stops', async () => {
    const work = vi.fn(() => Promise.resolve(0));
    asRole('api').begin({ name: 'forget', everyMs: 1_000, work });
    const stopping = asRole('worker');
    stopping.begin({ name: 'forget', everyMs: 1_000, work });
    stopping.onApplicationShutdown();

    await vi.advanceTimersByTimeAsync(5_000);
    expect(work).not.toHaveBeenCalled();
  });
});
