import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnv, type Env } from '../../env.js';
import { Log } from '../../platform/log/log.js';
import { Runtime } from '../../platform/runtime.js';
import { unavailable } from '../../shared/refusals.js';
import type { HandleDue } from '../application/handle-due.js';
import { DueDeliveries, type DueDelivery, type DueInMs } from '../application/ledger.js';
import { WakeUp } from './wake-up.js';
import { Worker } from './worker.js';

/** A queue in memory: what is claimed is gone until it is released. */
class Queue extends DueDeliveries {
  waiting: DueDelivery[] = [];
  readonly claims: number[] = [];
  readonly released: { ids: string[]; inMs: number }[] = [];
  away = false;

  put(count: number): void {
    const more = Array.from({ length: count }, (_, number) => ({ id: `dlv_${String(number)}` }) as DueDelivery);
    this.waiting.push(...more);
  }
  claim(limit: number) {
    this.claims.push(limit);
    return this.away ? Promise.reject(unavailable('away')) : Promise.resolve(this.waiting.splice(0, limit));
  }
  release(due: DueDelivery[], inMs: number) {
    this.released.push({ ids: due.map(({ id }) => id), inMs });
    return Promise.resolve();
  }
  begin = () => Promise.resolve(null);
  settle = () => Promise.resolve(null);
  close = () => Promise.resolve();
  hurry = () => Promise.resolve();
}

const runtime = (role: Env['role']) => {
  const { env } = readEnv({});
  if (!env) throw new Error('no environment');
  return new Runtime({ ...env, role });
};

describe('worker', () => {
  let queue: Queue;
  let wakeUp: WakeUp;
  let worker: Worker;
  let handle: ReturnType<typeof vi.fn<(due: DueDelivery) => Promise<DueInMs>>>;
  const make = (role: Env['role'] = 'all') =>
    new Worker(queue, { execute: handle } as unknown as HandleDue, wakeUp, Log.to('silent'), runtime(role));
  const settled = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers();
    queue = new Queue();
    wakeUp = new WakeUp(null);
    handle = vi.fn(() => Promise.resolve(null));
    worker = make();
  });
  afterEach(async () => {
    const stopped = worker.stop();
    await vi.advanceTimersByTimeAsync(25_000);
    await stopped;
    vi.useRealTimers();
  });

  it('runs in the roles all and worker only', async () => {
    await make('api').onApplicationBootstrap();
    expect(queue.claims).toEqual([]);
    worker = make('worker');
    await worker.onApplicationBootstrap();
    expect(queue.claims).toEqual([32]);
  });

  it('looks at once when it is nudged, and every second when it is not', async () => {
    await worker.start();
    await settled();
    expect(queue.claims).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(queue.claims).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(queue.claims).toHaveLength(2);
    queue.put(1);
    wakeUp.nudge();
    await settled();
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('has at most 32 in flight, and takes the next as soon as a place is free', async () => {
    const finish: (() => void)[] = [];
    handle.mockImplementation(
      () =>
        new Promise((resolve) =>
          finish.push(() => {
            resolve(null);
          }),
        ),
    );
    queue.put(40);
    await worker.start();
    await settled();
    expect(handle).toHaveBeenCalledTimes(32);
    finish[0]?.();
    await settled();
    expect(handle).toHaveBeenCalledTimes(33);
    for (const done of finish) done();
  });

  it('looks again when what it did made something due', async () => {
    handle.mockResolvedValueOnce(0).mockResolvedValueOnce(300);
    queue.put(1);
    await worker.start();
    queue.put(1);
    await settled();
    expect(handle).toHaveBeenCalledTimes(2);
    queue.put(1);
    await vi.advanceTimersByTimeAsync(299);
    expect(handle).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(handle).toHaveBeenCalledTimes(3);
  });

  it('I5 survives an outage of Postgres, asking less and less often', async () => {
    queue.away = true;
    await worker.start();
    await vi.advanceTimersByTimeAsync(60_000);
    wakeUp.nudge();
    await settled();
    expect(queue.claims.length).toBeLessThan(15);
    queue.away = false;
    queue.put(1);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('gives back what could not be decided, and does not spin while nothing can be', async () => {
    handle.mockRejectedValue(unavailable('Redis is away'));
    queue.put(1_000);
    await worker.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(handle.mock.calls.length).toBeLessThanOrEqual(11 * 32);
    expect(queue.released[0]).toEqual({ ids: ['dlv_0'], inMs: 1_000 });
  });

  it('leaves what failed for another reason to its lease', async () => {
    handle.mockRejectedValueOnce(new TypeError('a bug'));
    queue.put(2);
    await worker.start();
    await settled();
    expect(handle).toHaveBeenCalledTimes(2);
    expect(queue.released).toEqual([]);
  });

  it('R96 finishes what is in flight before it stops, and takes nothing new', async () => {
    let finish: () => void = () => undefined;
    handle.mockImplementation(
      () =>
        new Promise(
          (resolve) =>
            (finish = () => {
              resolve(null);
            }),
        ),
    );
    queue.put(1);
    await worker.start();
    await settled();
    let stopped = false;
    void worker.stop().then(() => (stopped = true));
    queue.put(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    finish();
    await settled();
    expect(stopped).toBe(true);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('R96 waits 20 s for what is in flight, not longer', async () => {
    handle.mockImplementation(() => new Promise(() => undefined));
    queue.put(1);
    await worker.start();
    await settled();
    let stopped = false;
    void worker.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stopped).toBe(true);
  });

  it('R96 releases what it had claimed when the stop came', async () => {
    await worker.start();
    await settled();
    queue.put(2);
    wakeUp.nudge();
    const stopped = worker.stop();
    await settled();
    await stopped;
    expect([...queue.released.flatMap(({ ids }) => ids), ...queue.waiting.map(({ id }) => id)]).toHaveLength(2);
    expect(handle).not.toHaveBeenCalled();
  });
});
