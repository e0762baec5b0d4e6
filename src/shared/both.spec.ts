import { expect, it, vi } from 'vitest';
import { both } from './both.js';

const never = () => Promise.reject(new Error('must not be undone'));

it('gives both when both were taken', async () => {
  const pair = await both({ take: Promise.resolve(1), undo: never }, { take: Promise.resolve('b'), undo: never });
  expect(pair).toEqual([1, 'b']);
});

it('gives back the one that was taken when the other failed, and tells why', async () => {
  const undo = vi.fn(() => Promise.resolve());
  const failing = (why: string) => ({ take: Promise.reject(new Error(why)) });
  await expect(both({ take: Promise.resolve(1), undo }, failing('away'))).rejects.toThrow('away');
  await expect(both(failing('gone'), { take: Promise.resolve(1), undo })).rejects.toThrow('gone');
  expect(undo).toHaveBeenCalledTimes(2);
});

it('gives back the one that failed as well: perhaps only its answer was lost', async () => {
  const undo = vi.fn(() => Promise.resolve());
  const failing = { take: Promise.reject(new Error('no answer')), undo };
  await expect(both({ take: Promise.resolve(1) }, failing)).rejects.toThrow('no answer');
  expect(undo).toHaveBeenCalledTimes(1);
});

it('tells the failure even when giving back fails too', async () => {
  const taken = { take: Promise.resolve(1), undo: never };
  await expect(both(taken, { take: Promise.reject(new Error('away')) })).rejects.toThrow('away');
});
