import { expect, it } from 'vitest';
import { DomainError } from '../../shared/domain-error.js';
import { HashQueue } from './hash-queue.js';

/** A hash that ends when it is told to. */
function slowHash(name: string, log: string[]) {
  let end: () => void = () => undefined;
  const hash = () =>
    new Promise<void>((resolve) => {
      log.push(name);
      end = resolve;
    });
  return {
    hash,
    end: () => {
      end();
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('R12 runs no more hashes at once than it may, and refuses what would wait too long', async () => {
  const queue = new HashQueue(1, 1);
  const log: string[] = [];
  const [first, second] = [slowHash('first', log), slowHash('second', log)];
  const runs = [queue.enter().run(first.hash), queue.enter().run(second.hash)];
  expect(() => queue.enter()).toThrow(DomainError);
  expect(log).toEqual(['first']);
  first.end();
  await settle();
  expect(log).toEqual(['first', 'second']);
  second.end();
  await Promise.all(runs);
  expect(() => queue.enter()).not.toThrow();
});

it('R12 a backlog of sends takes no place from checks, and the two take turns', async () => {
  const queue = new HashQueue(1, 3);
  const log: string[] = [];
  const sends = ['send 1', 'send 2', 'send 3'].map((name) => slowHash(name, log));
  const checks = ['check 1', 'check 2'].map((name) => slowHash(name, log));
  const runs = [
    ...sends.map(({ hash }) => queue.enterAlways().run(hash)),
    ...checks.map(({ hash }) => queue.enter().run(hash)),
  ];
  const all = new Map(
    [...sends, ...checks].map((slow, n) => [['send 1', 'send 2', 'send 3', 'check 1', 'check 2'][n], slow]),
  );
  for (let n = 0; n < all.size; n += 1) {
    await settle();
    all.get(log[n])?.end();
  }
  await Promise.all(runs);
  expect(log).toEqual(['send 1', 'check 1', 'send 2', 'check 2', 'send 3']);
});

it('gives a place back once, used or not', async () => {
  const queue = new HashQueue(1, 0);
  const place = queue.enter();
  await place.run(() => Promise.resolve());
  place.leave();
  place.leave();
  queue.enter();
  expect(() => queue.enter()).toThrow(DomainError);
});

it('goes on after a hash that fails', async () => {
  const queue = new HashQueue(1, 0);
  await expect(queue.enter().run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await queue.enter().run(() => Promise.resolve('fine'))).toBe('fine');
});
