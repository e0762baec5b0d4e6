import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_PROVIDER_TYPES } from '../../src/delivery/adapters/providers/provider-types.js';

/** They do not speak HTTP, so only what they report is the same for them as for the others. */
const WITHOUT_HTTP = ['sandbox', 'smpp', 'smtp'];

const textOf = (name: string) => {
  const file = new URL(name, import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
/** What is tested of a type stands in `provider-<type>.spec.ts`, and where that grows long in `provider-<type>-reports.spec.ts`. */
const specsOf = (type: string) => textOf(`provider-${type}.spec.ts`) + textOf(`provider-${type}-reports.spec.ts`);

/** Descriptions of a gateway, without code: `http` has gone through the contracts for them. */
const isProfile = (type: string) => textOf(`../../src/delivery/adapters/providers/http/profiles/${type}.ts`) !== '';

describe('every kind of provider that ships', () => {
  const types = [...BUILT_IN_PROVIDER_TYPES.map(({ type }) => type), 'sandbox'];
  const ofCode = types.filter((type) => !isProfile(type));

  it.each(ofCode)('%s has gone through the contract of its reports', (type) => {
    expect(specsOf(type)).toMatch(/^provider(Reports)?Contract\(/m);
  });

  it.each(ofCode.filter((type) => !WITHOUT_HTTP.includes(type)))(
    '%s has gone through the one of its requests',
    (type) => {
      expect(specsOf(type)).toMatch(/^providerContract\(/m);
    },
  );

  it.each(types.filter(isProfile))('%s has been tried as the gateway it describes', (type) => {
    const tried = new RegExp(`^providerContract\\(|\\btype: ${type}\\b`, 'm');
    expect(specsOf(type) + textOf('provider-profiles.spec.ts')).toMatch(tried);
  });
});
