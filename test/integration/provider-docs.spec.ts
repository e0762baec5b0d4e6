import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config.js';
import { BUILT_IN_PROVIDER_TYPES } from '../../src/delivery/adapters/providers/provider-types.js';

/** The pages that tell how each provider is set up: they are what its schema and its own words say, and their examples work. */
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PRIVATE_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

interface ProviderDocs {
  pagesOf: (kinds: typeof BUILT_IN_PROVIDER_TYPES) => Promise<Map<string, string>>;
  present: () => Map<string, string>;
}

test('docs/providers is what the providers say; if not, run: npm run providers:write', async () => {
  const script = new URL('../../scripts/provider-docs/folder.mjs', import.meta.url).href;
  const { pagesOf, present } = (await import(script)) as ProviderDocs;
  expect(Object.fromEntries(present())).toEqual(Object.fromEntries(await pagesOf(BUILT_IN_PROVIDER_TYPES)));
});

describe.each(BUILT_IN_PROVIDER_TYPES.map((kind) => [kind.type, kind] as const))('%s', (type, { page, schema }) => {
  it('has a page, whose example starts a service in production', async () => {
    const lines = (page?.example ?? '').split('\n').map((line) => `  ${line}`);
    const configFile = join(await mkdtemp(join(inject('scratchFolder'), 'example-')), 'einmal.yaml');
    await writeFile(configFile, ['providers:', ...lines].join('\n'));
    const variable = (name: string) => (name.endsWith('PRIVATE_KEY') ? PRIVATE_KEY : 'secret');
    const source = { configFile, production: true, variable };
    const { config, problems } = loadConfig(source, BUILT_IN_PROVIDER_TYPES);
    expect(problems).toEqual([]);
    expect(Object.values(config?.providers ?? {}).map((provider) => provider.type)).toContain(type);
  });

  it('says of every option what it is, also of those within others', () => {
    const untold = untoldIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Option);
    expect(untold.filter((name) => !['type', 'channel'].includes(name))).toEqual([]);
  });
});

interface Option {
  description?: string;
  properties?: Record<string, Option>;
  anyOf?: Option[];
}

/** The options without a description, as `retry.times`. A constant within others is told by its value. */
function untoldIn({ properties = {}, anyOf = [] }: Option, above = ''): string[] {
  const own = Object.entries(properties).flatMap(([name, option]) => {
    const isTold = option.description !== undefined || (above !== '' && 'const' in option);
    return [...(isTold ? [] : [above + name]), ...untoldIn(option, `${above}${name}.`)];
  });
  return [...own, ...anyOf.flatMap((option) => untoldIn(option, above))];
}
