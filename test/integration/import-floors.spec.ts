import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';

/** The import rules themselves: a small tree with one violation of each is planted, and each must be found. */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The rule, the file that breaks it, and what that file imports. */
const planted: [rule: string, from: string, to: string][] = [
  ['shared-knows-nobody', 'src/shared/a.ts', 'src/limits/domain/rule.ts'],
  ['platform-knows-no-feature', 'src/platform/a.ts', 'src/limits/domain/rule.ts'],
  ['platform-knows-no-feature', 'src/env.ts', 'src/limits/domain/rule.ts'],
  ['domain-knows-its-own', 'src/verification/domain/a.ts', 'src/limits/domain/rule.ts'],
  ['domain-uses-no-library', 'src/verification/domain/b.ts', 'zod'],
  ['domain-uses-no-library', 'src/verification/domain/c.ts', 'node:fs'],
  ['application-reaches-no-plumbing', 'src/verification/application/a.ts', 'src/platform/plumbing.ts'],
  ['application-reaches-no-plumbing', 'src/verification/application/b.ts', 'src/verification/adapters/store.ts'],
  ['application-uses-no-library', 'src/verification/application/c.ts', 'redis'],
  ['adapters-serve-ports', 'src/verification/adapters/a.ts', 'src/limits/application/take.ts'],
  ['adapters-serve-ports', 'src/verification/adapters/b.ts', 'src/verification/http/page.ts'],
  ['http-knows-use-cases', 'src/verification/http/a.ts', 'src/verification/adapters/store.ts'],
  ['http-uses-no-driver', 'src/verification/http/b.ts', 'pg'],
  ['domain-of-others-by-type-only', 'src/verification/application/d.ts', 'src/limits/domain/rule.ts'],
  ['flat-features-stay-outside', 'src/events/a.ts', 'src/verification/adapters/store.ts'],
  ['limits-and-delivery-know-nobody', 'src/limits/application/b.ts', 'src/verification/application/port.ts'],
  ['client-depends-on-nothing', 'src/client/a.ts', 'src/shared/channel.ts'],
  ['client-depends-on-nothing', 'src/client/b.ts', 'node:crypto'],
  ['client-depends-on-nothing', 'src/client/express.ts', 'express'],
  ['client-guard-knows-nest', 'src/client/nestjs.ts', '@nestjs/core'],
  ['only-wiring-wires', 'src/verification/application/e.ts', 'src/limits/limits.module.ts'],
  ['no-circle', 'src/platform/circle-a.ts', 'src/platform/circle-b.ts'],
  ['no-orphan', 'src/events/orphan.ts', ''],
  ['product-stands-alone', 'src/events/b.ts', 'test/support/a.ts'],
  ['no-development-package', 'src/events/c.ts', 'vitest'],
  ['no-unresolvable', 'src/events/d.ts', './nowhere.js'],
];

let found: string[];

beforeAll(async () => {
  const tree = await mkdtemp(join(inject('scratchFolder'), 'floors-'));
  for (const name of ['node_modules', 'package.json', 'tsconfig.json'])
    await symlink(join(root, name), join(tree, name));
  for (const [, , to] of planted) {
    if (/^(src|test)\//.test(to)) await plant(join(tree, to), 'export const one = 1;');
  }
  for (const [, from, to] of planted) await plant(join(tree, from), to === '' ? '' : importing(from, to));
  await plant(
    join(tree, 'src/platform/circle-b.ts'),
    importing('src/platform/circle-b.ts', 'src/platform/circle-a.ts'),
  );
  found = await violations(tree);
});

test.each(planted)('%s is broken by %s importing %s', (rule, from) => {
  expect(found).toContain(`${rule}: ${from}`);
});

async function plant(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function importing(from: string, to: string): string {
  const path = /^(src|test)\//.test(to)
    ? relative(dirname(from), to)
        .replace(/^(?!\.)/, './')
        .replace(/\.ts$/, '.js')
    : to;
  return `import * as other from '${path}';\nexport const one = other;\n`;
}

async function violations(tree: string): Promise<string[]> {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, 'src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const output = await run(process.execPath, args, { cwd: tree, maxBuffer: 2 ** 26 }).catch((error: unknown) => error);
  const { stdout } = output as { stdout: string };
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  return report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}
