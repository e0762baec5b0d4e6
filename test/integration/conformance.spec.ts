import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, inject, it, test } from 'vitest';

/** The page that tells which test proves what: the committed one is up to date, and the script reads titles as it says. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'scripts/conformance.mjs');

const conformance = (folder: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd: folder });

test('docs/conformance.md is what the tests say; if not, run: npm run conformance:write', async () => {
  await expect(conformance(root, '--check')).resolves.toEqual({ stdout: '', stderr: '' });
});

test('there are 98 requirements and 18 invariants, each with its number, in order', () => {
  const text = readFileSync(join(root, 'docs/requirements.json'), 'utf8');
  const sections = JSON.parse(text) as { requirements: { id: string }[] }[];
  const numbers = (letter: string, count: number) => Array.from({ length: count }, (_, n) => letter + String(n + 1));

  const ids = sections.flatMap(({ requirements }) => requirements.map(({ id }) => id));
  expect(ids).toEqual([...numbers('R', 98), ...numbers('I', 18)]);
});

describe('a small tree', () => {
  let tree: string;

  beforeEach(async () => {
    tree = await mkdtemp(join(inject('scratchFolder'), 'conformance-'));
    for (const folder of ['src', 'test', 'docs']) await mkdir(join(tree, folder));
    const requirements = [
      { id: 'R1', must: 'One.', sources: ['ASVS 1.1.1', 'CVE-2025-1'] },
      { id: 'R2', must: 'Two.', sources: [], open: 'the other half' },
      { id: 'R3', must: 'Three.', sources: [] },
    ];
    await writeFile(join(tree, 'docs/requirements.json'), JSON.stringify([{ title: 'A', requirements }]));
  });

  const tests = (text: string) => writeFile(join(tree, 'src/a.spec.ts'), text);
  const page = () => readFile(join(tree, 'docs/conformance.md'), 'utf8');

  it('has its titles beside its rules, also of tests of many rows and below a describe', async () => {
    await tests(`
      describe(\`on \${where}\`, () => {
        it.each([1, 2])('R1 R2 takes %i', () => {});
        describe('R1 a block', () => { it('does', () => {}); test('does not', () => {}); });
      });
      it.skip('R3 is skipped', () => {});
      /R3/.test('R3');
    `);
    await conformance(tree);
    const takes = '[on … takes …](../src/a.spec.ts)';
    const source = 'ASVS 1.1.1, [CVE-2025-1](https://www.cve.org/CVERecord?id=CVE-2025-1)';

    expect((await page()).split('\n').filter((line) => line.startsWith('| **'))).toEqual([
      `| **R1** | One. | ${source} | ${takes}<br>[on … a block](../src/a.spec.ts) (2 tests) |`,
      `| **R2** | Two. |  | ${takes}<br>_not proven yet: the other half_ |`,
      '| **R3** | Three. |  | _not proven yet_ |',
    ]);
  });

  it('fails a check once a title has changed, and says what to do', async () => {
    await tests(`it('R1 holds', () => {});`);
    await conformance(tree);
    await conformance(tree, '--check');
    await tests(`it('R1 R2 holds', () => {});`);

    await expect(conformance(tree, '--check')).rejects.toThrow('npm run conformance:write');
  });

  it('fails over a number that no requirement has', async () => {
    await tests(`it('R1 R4 holds', () => {});`);

    await expect(conformance(tree)).rejects.toThrow('R4 is no rule: src/a.spec.ts: R1 R4 holds');
  });
});
