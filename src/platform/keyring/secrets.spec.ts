import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseSecrets } from './secrets.js';

const key = () => randomBytes(32).toString('base64');

describe('parseSecrets', () => {
  it('gives the secrets in their order, newest first', () => {
    const [newest, older] = [key(), key()];
    const { secrets, problems } = parseSecrets(`2026-b:${newest}, a:${older}`);
    expect(problems).toEqual([]);
    expect(secrets.map(({ kid, key: bytes }) => [kid, bytes.toString('base64')])).toEqual([
      ['2026-b', newest],
      ['a', older],
    ]);
  });

  it('R6 marks with a plus what only reads, and wants one that writes', () => {
    const [first, second] = ['a', 'b'].map(() => randomBytes(32).toString('base64'));
    const { secrets, problems } = parseSecrets(`k1:${first ?? ''},+k2:${second ?? ''}`);
    expect(problems).toEqual([]);
    expect(secrets.map(({ kid, standby = false }) => [kid, standby])).toEqual([
      ['k1', false],
      ['k2', true],
    ]);
    expect(parseSecrets(`+k1:${first ?? ''}`).problems).toEqual(['one entry must be without +, to write']);
  });

  it('takes base64 for URLs and without padding', () => {
    const bytes = randomBytes(32);
    const { secrets, problems } = parseSecrets(`a:${bytes.toString('base64url')}`);
    expect(problems).toEqual([]);
    expect(secrets[0]?.key).toEqual(bytes);
  });

  it.each([
    ['nothing', ''],
    ['no id', key()],
    ['an empty id', `:${key()}`],
    ['an id that is too long', `${'a'.repeat(17)}:${key()}`],
    ['an id with a dot, which ends an id in sealed values', `a.b:${key()}`],
    ['16 bytes', `a:${randomBytes(16).toString('base64')}`],
    ['33 bytes', `a:${randomBytes(33).toString('base64')}`],
    ['hex', `a:${randomBytes(32).toString('hex')}`],
    ['what is not base64', `a:${key().slice(0, 20)} ${key().slice(0, 24)}`],
    ['zeros', `a:${Buffer.alloc(32).toString('base64')}`],
    ['a pattern', `a:${Buffer.from('0123456701234567012345670123456701234567').subarray(0, 32).toString('base64')}`],
    ['an empty entry', `a:${key()},`],
  ])('refuses %s', (_, text) => {
    expect(parseSecrets(text).problems).toHaveLength(1);
  });

  it('refuses an id or a key that comes twice', () => {
    const same = key();
    expect(parseSecrets(`a:${key()},a:${key()}`).problems).toEqual(['entry 2 (a) repeats an earlier id or key']);
    expect(parseSecrets(`a:${same},b:${same}`).problems).toEqual(['entry 2 (b) repeats an earlier id or key']);
  });

  it('tells every problem and quotes no key', () => {
    const { problems } = parseSecrets(`a:hunter2,b:${Buffer.alloc(32).toString('base64')},:x`);
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toMatch(/hunter2|AAAA/);
  });
});
