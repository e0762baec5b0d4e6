import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnv } from './env.js';

const SECRETS = `k1:${Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64')}`;
const SHARED = { REDIS_URL: 'redis://r', DATABASE_URL: 'postgres://p/einmal', SECRETS };
const PRODUCTION = { ...SHARED, NODE_ENV: 'production', PUBLIC_URL: 'https://2fa.example.org/' };

const problemsIn = (source: NodeJS.ProcessEnv) => readEnv(source).problems;

describe('readEnv', () => {
  it('is embedded and private when nothing is set', () => {
    expect(readEnv({}).env).toEqual({
      production: false,
      embedded: true,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir: './data',
      configFile: undefined,
      redisUrl: undefined,
      databaseUrl: undefined,
      secrets: undefined,
      role: 'all',
      hashCost: 'short-lived',
      hashConcurrency: undefined,
      poolThreads: 4,
      trustedProxies: [],
      logLevel: 'info',
      metricsToken: undefined,
      traces: null,
    });
  });

  it('takes what is empty as not set', () => {
    expect(readEnv({ PORT: '', REDIS_URL: '', SECRETS_FILE: '' }).env).toMatchObject({ port: 3000, embedded: true });
  });

  it('reads production', () => {
    expect(readEnv(PRODUCTION).env).toMatchObject({
      production: true,
      embedded: false,
      host: '0.0.0.0',
      publicUrl: 'https://2fa.example.org',
    });
  });

  it('is not embedded with a store named, and then wants all of them', () => {
    expect(problemsIn({ REDIS_URL: 'redis://r' })).toEqual([
      'DATABASE_URL: must be set with REDIS_URL or DATABASE_URL; without both everything is embedded',
      'SECRETS: must be set with REDIS_URL or DATABASE_URL; without both everything is embedded',
    ]);
    expect(problemsIn({ NODE_ENV: 'production' }).map((problem) => problem.split(':')[0])).toEqual([
      'REDIS_URL',
      'DATABASE_URL',
      'SECRETS',
      'PUBLIC_URL',
    ]);
  });

  it('tells every problem at once and quotes no value that may be secret', () => {
    const source = {
      NODE_ENV: 'production',
      PORT: '80000',
      PUBLIC_URL: 'ftp://example.org',
      REDIS_URL: 'http://:hunter2@r',
      SECRETS: 'k1:hunter2',
      ROLE: 'none',
      HASH_COST: 'cheap',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: 'everyone',
    };
    const problems = problemsIn(source);
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'DATABASE_URL',
      'HASH_COST',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'REDIS_URL',
      'ROLE',
      'SECRETS',
      'TRUSTED_PROXIES',
    ]);
    expect(problems.join()).not.toContain('hunter2');
    expect(readEnv(source).env).toBeNull();
  });

  it('takes a Redis under Sentinels and a cluster, and says what is wrong with a URL of either', () => {
    for (const REDIS_URL of ['redis+sentinel://a,b,c/main', 'rediss+cluster://a:7000,b:7000'])
      expect(readEnv({ ...SHARED, REDIS_URL }).env).toMatchObject({ redisUrl: REDIS_URL });
    expect(problemsIn({ ...SHARED, REDIS_URL: 'redis://a,b' })).toEqual([
      'REDIS_URL: names several hosts; say what they are: redis+sentinel:// or redis+cluster://',
    ]);
  });

  it.each(['-1', '65536', '0x50', '1e3', ' 80', '80.0', 'eighty'])('refuses %j as a port', (PORT) => {
    expect(problemsIn({ PORT })).toEqual(['PORT: must be a port number']);
  });

  it('refuses a NODE_ENV that only looks like production', () => {
    for (const NODE_ENV of ['prod', 'Production', 'production ', 'staging'])
      expect(problemsIn({ NODE_ENV })).toEqual(['NODE_ENV: must be production, development, test or not set']);
  });

  it('refuses a public URL that nothing can be appended to', () => {
    for (const PUBLIC_URL of ['https://e.org/?a=1', 'https://e.org/#a', 'https://user@e.org'])
      expect(problemsIn({ PUBLIC_URL })).toHaveLength(1);
  });

  it('says what is wrong with headers that can not be decoded, and decodes the others', () => {
    const told = ['OTEL_EXPORTER_OTLP_HEADERS: must be name=value, percent-encoded, several separated by commas'];
    for (const OTEL_EXPORTER_OTLP_HEADERS of ['a=%zz', 'a=1,b=%ff', 'a'])
      expect(problemsIn({ OTEL_EXPORTER_OTLP_HEADERS })).toEqual(told);
    const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o', OTEL_EXPORTER_OTLP_HEADERS: 'a=Bearer%20x,b=1=2' };
    expect(readEnv(traces).env?.traces?.headers).toEqual({ a: 'Bearer x', b: '1=2' });
  });

  it('refuses a part of a service that has nothing to share with the other part', () => {
    expect(problemsIn({ ROLE: 'worker' })).toHaveLength(1);
    expect(readEnv({ ...SHARED, ROLE: 'worker' }).env?.role).toBe('worker');
  });

  it.each([
    'true',
    '*',
    '1',
    'all',
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '10.0.0.0/7',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'loopback',
  ])('R41 refuses %j as trusted proxies', (TRUSTED_PROXIES) => {
    expect(problemsIn({ TRUSTED_PROXIES })).toHaveLength(1);
  });

  it('R41 takes addresses and ranges as trusted proxies', () => {
    const source = { TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7,fc00::/7,::1' };
    expect(readEnv(source).env?.trustedProxies).toEqual(['10.0.0.0/8', '192.0.2.7', 'fc00::/7', '::1']);
  });
});

describe('NAME_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einmal-env-'));
  const file = join(folder, 'value');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('names a file whose content is the value', () => {
    writeFileSync(file, `${SECRETS}\n`);
    expect(readEnv({ ...PRODUCTION, SECRETS: '', SECRETS_FILE: file }).env?.secrets).toBe(SECRETS);
  });

  it('is a problem beside NAME, and when it can not be read', () => {
    writeFileSync(file, '3000');
    expect(problemsIn({ PORT: '1', PORT_FILE: file })).toEqual(['PORT: set either PORT or PORT_FILE, not both']);
    expect(problemsIn({ PORT_FILE: join(folder, 'missing') })).toEqual(['PORT_FILE: the file can not be read']);
  });

  it('serves the variables of the configuration file, too', () => {
    writeFileSync(file, 's3cret\n');
    const { configSource } = readEnv({ GATEWAY_PASSWORD_FILE: file, HOST_NAME: 'h' });
    expect(configSource.variable('GATEWAY_PASSWORD')).toBe('s3cret');
    expect(configSource.variable('HOST_NAME')).toBe('h');
    expect(configSource.variable('NONE')).toBeUndefined();
  });
});
