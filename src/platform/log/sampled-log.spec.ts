import { expect, it } from 'vitest';
import { Log } from './log.js';
import { SampledLog } from './sampled-log.js';

it('writes fifty lines of a kind each second and counts the rest, kind by kind', () => {
  const lines: { event: string; leftOut?: number }[] = [];
  let now = 0;
  const log = Log.to('info', { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) });
  const sampled = new SampledLog(log, () => now);
  for (let n = 0; n < 120; n += 1) sampled.write('warn', 'flood', () => ({ n }));
  sampled.write('info', 'other', () => ({}));
  expect(lines).toHaveLength(51);
  expect(lines.at(-1)).toMatchObject({ event: 'other' });
  now = 1_000;
  sampled.write('warn', 'flood', () => ({}));
  sampled.write('warn', 'flood', () => ({}));
  expect(lines.slice(51).map(({ leftOut }) => leftOut)).toEqual([70, undefined]);
});

it('counts the sorts of an event apart', () => {
  const written: string[] = [];
  const sampled = new SampledLog(Log.to('info', { write: (line) => written.push(line) }), () => 0);
  for (let n = 0; n < 120; n += 1) sampled.write('warn', 'authn_login_fail', () => ({}), 'unauthorized');
  sampled.write('warn', 'authn_login_fail', () => ({ keyId: 'key_1' }), 'wrong-code');
  expect(written).toHaveLength(51);
  expect(written.at(-1)).toContain('key_1');
});
