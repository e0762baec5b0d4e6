import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_PROVIDER_TYPES } from '../../src/delivery/adapters/providers/provider-types.js';

/** They do not speak HTTP, so only what they report is the same for them as for the others. */
const WITHOUT_HTTP = ['sandbox', 'smpp', 'smtp'];

const here = new URL('.', import.meta.url);
const specs = readdirSync(here);

/** What is tested of a type stands in `provider-<type>.spec.ts`, and where that grows long in `provider-<type>-reports.spec.ts`. */
const specsOf = (type: string) =>
  [`provider-${type}.spec.ts`, `provider-${type}-reports.spec.ts`]
    .filter((name) => specs.includes(name))
    .map((name) => readFileSync(new URL(name, here), 'utf8'))
    .join('\n');

describe('every kind of provider that ships', () => {
  const types = [...BUILT_IN_PROVIDER_TYPES.map(({ type }) => type), 'sandbox'];

  it.each(types)('%s has gone through the contract of its reports', (type) => {
    expect(specsOf(type)).toMatch(/^ *provider(Reports)?Contract\(/m);
  });

  it.each(types.filter((type) => !WITHOUT_HTTP.includes(type)))(
    '%s has gone through the one of its requests',
    (type) => {
      expect(specsOf(type)).toMatch(/^ *providerContract\(/m);
    },
  );
});
