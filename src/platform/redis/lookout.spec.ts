import { expect, it } from 'vitest';
import { Log } from '../log/log.js';
import { Lookout } from './lookout.js';

it('logs what a look throws, and goes on', async () => {
  const lines: string[] = [];
  const log = Log.to('error', { write: (line) => lines.push(line) });
  const lookout = new Lookout(() => Promise.reject(new TypeError('a strange answer')), log);

  await expect(lookout.now()).resolves.toBeUndefined();

  expect(lines).toEqual([expect.stringContaining('"event":"redis.look-failed"')]);
});
