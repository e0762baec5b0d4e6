import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/client-api.mjs', import.meta.url));

test('the client speaks the API as openapi.json has it', async () => {
  await expect(run(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
});
