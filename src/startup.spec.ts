import { expect, it } from 'vitest';
import { StartupRefused } from './platform/startup.js';
import { readEnvironment, readStartup } from './startup.js';

function refusal(start: () => unknown): string[] {
  try {
    start();
  } catch (error) {
    if (error instanceof StartupRefused) return error.problems;
    throw error;
  }
  throw new Error('it started');
}

it('tells the problems of environment, secrets and configuration at once', () => {
  const source = { NODE_ENV: 'production', PORT: 'x', SECRETS: 'k1:short', CONFIG_FILE: '/nowhere.yaml' };
  const subjects = refusal(() => readStartup([], source)).map((problem) => problem.split(':')[0]);
  expect(subjects).toEqual(['PORT', 'SECRETS', 'REDIS_URL', 'DATABASE_URL', 'PUBLIC_URL', 'CONFIG_FILE']);
});

it('lists them one to a line', () => {
  expect(() => readEnvironment({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(
    /^Einmal can not start:\n {2}- PORT.*\n {2}- LOG_LEVEL/,
  );
});

it('asks the command line for no providers', () => {
  const source = { NODE_ENV: 'production', CONFIG_FILE: '/nowhere.yaml' };
  expect(refusal(() => readEnvironment(source)).join()).not.toContain('CONFIG_FILE');
});
