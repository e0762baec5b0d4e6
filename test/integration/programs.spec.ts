import { afterEach, expect, test, vi } from 'vitest';
import { program } from '../support/servers/programs.js';

/** What a newcomer without root sees when a server is missing. */
afterEach(() => {
  vi.restoreAllMocks();
});

test('a program that is absent and may not be installed is an error that says what to install', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1_000);

  await expect(
    program({ names: ['nonesuch'], package: 'nonesuch-server', instead: 'set NONESUCH_URL' }),
  ).rejects.toThrow(
    'The tests need nonesuch. Install it (Debian and Ubuntu: apt-get install nonesuch-server), or set NONESUCH_URL.',
  );
});

test('a program that is there is found without installing anything', async () => {
  await expect(program({ names: ['nonesuch', 'node'], package: 'nodejs' })).resolves.toMatch(/\/node$/);
});
