import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { beforeAll, expect, inject, test } from 'vitest';
import { built } from '../support/built.js';

/** The packed client as an application has it that installed nothing else than its framework. */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const ENTRIES = ['einmal/client', 'einmal/express', 'einmal/fastify', 'einmal/nestjs'];
const PEERS = ['@nestjs/common', 'reflect-metadata', 'rxjs', 'fastify', '@types/node'];
const CONSUMER = `
import { createEinmal } from 'einmal/client';
import 'einmal/express';
const einmal = createEinmal({ baseUrl: 'http://localhost:3000', apiKey: 'ek_1' });
export async function attemptsLeft(): Promise<number> {
  const check = await einmal.checkCode('ver_1', { code: '123456' });
  if (check.ok || check.error.code !== 'wrong-code') return 0;
  return check.error.attemptsLeft;
}
export async function knowsItsCodes(): Promise<boolean> {
  const check = await einmal.checkCode('ver_1', { code: '123456' });
  // @ts-expect-error no check is refused with this
  return !check.ok && check.error.code === 'no-such-code';
}
`;
let shop: string;

beforeAll(async () => {
  built('client/client.js');
  shop = await mkdtemp(join(inject('scratchFolder'), 'shop-'));
  const client = join(shop, 'node_modules/einmal');
  await mkdir(client, { recursive: true });
  await run(process.execPath, [join(root, 'scripts/client-pack.mjs'), shop]);
  await run('tar', ['-xzf', join(shop, 'einmal-client-0.1.0.tgz'), '-C', client, '--strip-components=1']);
  for (const name of PEERS) {
    await mkdir(join(shop, 'node_modules', name, '..'), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(shop, 'node_modules', name));
  }
  await writeFile(join(shop, 'consumer.ts'), CONSUMER);
});

test('has its four entries', async () => {
  const script = `for (const name of ${JSON.stringify(ENTRIES)}) console.log(Object.keys(await import(name)).join());`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: shop });
  expect(stdout.trim().split('\n')).toEqual([
    'bindingHash,createEinmal',
    'requireApproval',
    'requireApproval',
    'Approved,EINMAL,RequireApproval',
  ]);
});

test.each([
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- applications still look for types like this
  ['node10', ts.ModuleResolutionKind.Node10],
  ['nodenext', ts.ModuleResolutionKind.NodeNext],
])('its types are found as %s looks for them', (_, moduleResolution) => {
  const found = ENTRIES.map((name) => {
    const { resolvedModule } = ts.resolveModuleName(name, join(shop, 'consumer.ts'), { moduleResolution }, ts.sys);
    return resolvedModule?.resolvedFileName.split('/dist/')[1];
  });
  expect(found).toEqual(['client/client.d.ts', 'client/express.d.ts', 'client/fastify.d.ts', 'client/nestjs.d.ts']);
});

test('its types tell errors apart', async () => {
  const flags = ['--strict', '--noEmit', '--types', 'node', '--module', 'nodenext', '--skipLibCheck', 'consumer.ts'];
  const checked = run(process.execPath, [compiler, ...flags], { cwd: shop });
  expect(await checked.catch((error: unknown) => error)).toMatchObject({ stdout: '' });
});
