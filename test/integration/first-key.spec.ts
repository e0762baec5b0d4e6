import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { run } from '../../src/cli/run.js';
import { putEmptyCluster } from '../support/empty-cluster.js';
import { newPhone } from '../support/login.js';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';

/** A newcomer's first call needs no set-up: whatever happened to the folder, each start ends with a key that works. */
let dataDir: string;
let service: Service | undefined;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(inject('scratchFolder'), 'first-key-')), 'data');
});
afterEach(() => service?.stop());

/** Starts the embedded service on the folder, and gives its key as the newcomer is told it. */
async function startAndReadKey(): Promise<string> {
  service = await startService({ dataDir });
  const key = await service.firstKey();
  expect(key).toMatch(/^ek_[\w-]{43}$/);
  expect(service.logs.some((line) => line.includes(key))).toBe(true);
  expect(((await stat(join(dataDir, 'first-key'))).mode & 0o777).toString(8)).toBe('600');
  return key;
}

const begin = (key: string) =>
  service?.call<{ id: string }>('POST', '/v1/verifications', { key, body: { to: { phone: newPhone() } } });

test('a folder whose first-key file is gone gets a new key of the same application at the next start', async () => {
  await putEmptyCluster(join(dataDir, 'postgres'));
  const lost = await startAndReadKey();
  const begun = await begin(lost);
  expect(begun?.status).toBe(202);
  await service?.stop();
  await rm(join(dataDir, 'first-key'));

  const key = await startAndReadKey();
  expect(key).not.toBe(lost);
  expect(await service?.call('GET', `/v1/verifications/${begun?.body.id ?? ''}`, { key })).toMatchObject({
    status: 200,
  });
  expect(await begin(key)).toMatchObject({ status: 202 });
});

test('an application made on the command line before the first start is the one whose key it is', async () => {
  await putEmptyCluster(join(dataDir, 'postgres'));
  const said: string[] = [];
  const told = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
  const env = { DATA_DIR: dataDir };
  await run(['application', 'create', 'shop', '--countries', 'all'], told, env);
  await run(['key', 'create', 'shop', '--scopes', 'read'], told, env);
  const [, ofShop = ''] = said;

  const begun = await begin(await startAndReadKey());
  expect(begun?.status).toBe(202);
  const path = `/v1/verifications/${begun?.body.id ?? ''}`;
  expect(await service?.call('GET', path, { key: ofShop })).toMatchObject({ status: 200 });
});
