import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { startService } from '../support/start-service.js';

/** What the unit tests of env.ts and config.ts say, seen from outside: the process tells all of it and does not start. */
const SECRETS = `k1:${randomBytes(32).toString('base64')}`;
const PRODUCTION = {
  NODE_ENV: 'production',
  REDIS_URL: 'redis://127.0.0.1:1',
  DATABASE_URL: 'postgres://127.0.0.1:1/none',
  PUBLIC_URL: 'https://2fa.example.org',
};

async function refusalOf(options: Parameters<typeof startService>[0]): Promise<string> {
  try {
    await (await startService(options)).stop();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('it started');
}

it('lists the problems of environment, secrets and configuration at once, and quotes no secret', async () => {
  const message = await refusalOf({
    env: { ...PRODUCTION, PORT: 'hunter2', SECRETS: 'k1:hunter2' },
    configYaml:
      'providers:\n  box: { type: sandbox, channel: sms }\n  main: { type: pigeon, password: hunter2 }\ncolour: red\n',
  });
  for (const problem of ['PORT: ', 'SECRETS: entry 1', 'providers.box.type: ', 'providers.main.type: ', 'colour: '])
    expect(message).toContain(`  - ${problem}`);
  expect(message).not.toContain('hunter2');
  expect(message).not.toMatch(/\n\s+at /);
});

it('R9 does not start with the sandbox in production, nor without any provider', async () => {
  const env = { ...PRODUCTION, SECRETS };
  expect(await refusalOf({ env, configYaml: 'providers: { box: { type: sandbox, channel: sms } }' })).toContain(
    'sandbox',
  );
  expect(await refusalOf({ env })).toContain('CONFIG_FILE: must be set with NODE_ENV=production');
});

it('R3 R4 R79 does not start with defaults outside the rails', async () => {
  const policy = '{ codeLength: 4, ttlSeconds: 3600, maxAttempts: 100 }';
  const message = await refusalOf({ configYaml: `defaults: { policy: ${policy} }` });
  for (const name of ['codeLength', 'ttlSeconds', 'maxAttempts'])
    expect(message).toContain(`defaults.policy.${name}: `);
});
