import { describe, expect, it } from 'vitest';
import { parseRedisUrl } from './redis-url.js';

const parsed = (text: string) => parseRedisUrl(text).target;
const problem = (text: string) => {
  const result = parseRedisUrl(text);
  return result.target ? '' : result.problem;
};

describe('REDIS_URL', () => {
  it('names one server', () => {
    expect(parsed('redis://redis')).toEqual({
      ...{ kind: 'single', tls: false, login: {}, address: { host: 'redis', port: 6379 }, database: 0 },
    });
    expect(parsed('rediss://app:p%40ss@[2001:db8::1]:6380/3')).toEqual({
      ...{ kind: 'single', tls: true, login: { username: 'app', password: 'p@ss' } },
      ...{ address: { host: '2001:db8::1', port: 6380 }, database: 3 },
    });
    expect(parsed('redis://:only:the:password@redis/')).toMatchObject({ login: { password: 'only:the:password' } });
  });

  it('names Sentinels, the primary they watch, and passwords of both', () => {
    expect(
      parsed('redis+sentinel://u:p@s1:26379,s2,[::1]:26380/main/2?sentinelUser=w&sentinelPassword=q%26+%2525'),
    ).toEqual({
      ...{ kind: 'sentinel', tls: false, login: { username: 'u', password: 'p' }, primaryName: 'main', database: 2 },
      sentinels: [
        { host: 's1', port: 26379 },
        { host: 's2', port: 26379 },
        { host: '::1', port: 26380 },
      ],
      sentinelLogin: { username: 'w', password: 'q&+%25' },
    });
    expect(parsed('rediss+sentinel://s1/main')).toMatchObject({ tls: true, sentinelLogin: {}, database: 0 });
  });

  it('names nodes of a cluster', () => {
    expect(parsed('rediss+cluster://:p@n1:7000,n2')).toEqual({
      ...{ kind: 'cluster', tls: true, login: { password: 'p' } },
      nodes: [
        { host: 'n1', port: 7000 },
        { host: 'n2', port: 6379 },
      ],
    });
  });

  it.each([
    ['http://redis', /^must be one of redis:\/\/host/],
    ['redis', /^must be one of/],
    ['redis+ring://a', /^must be one of/],
    ['redis://', /host:port/],
    ['redis://a:70000', /host:port/],
    ['redis://a:6379,', /host:port/],
    ['redis://2001:db8::1', /brackets/],
    ['redis://a:1,b:2', /several hosts.*redis\+sentinel:\/\/ or redis\+cluster:\/\//],
    ['redis://a/one', /must be a number/],
    ['redis+sentinel://a,b', /which primary.*\/primary-name/],
    ['redis+sentinel://a/main/two', /must be a number/],
    ['redis+sentinel://a/main?password=x', /means nothing: password/],
    ['redis+cluster://a,b/1', /no numbered databases/],
    ['redis://a?family=6', /means nothing: family/],
    ['redis://:100%@a', /%25/],
  ])('%s is refused with what to do', (text, words) => {
    expect(problem(text)).toMatch(words);
  });

  it('never repeats a password', () => {
    for (const text of [
      'redis://:hunter2@a:x',
      'redis+sentinel://:hunter2@a',
      'redis://hunter2%@a',
      'ftp://:hunter2@a',
    ])
      expect(problem(text)).not.toContain('hunter2');
  });
});
