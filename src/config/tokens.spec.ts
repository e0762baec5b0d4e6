import { expect, it } from 'vitest';
import { readTokens } from './tokens.js';

function read(section: unknown): { algorithm: string; problems: string[] } {
  const problems: string[] = [];
  return { algorithm: readTokens(section, problems).algorithm, problems };
}

it('R74 signs with EdDSA where nothing else is said, or with ES256', () => {
  for (const nothing of [undefined, null, {}]) expect(read(nothing)).toEqual({ algorithm: 'EdDSA', problems: [] });
  expect(read({ algorithm: 'EdDSA' })).toEqual({ algorithm: 'EdDSA', problems: [] });
  expect(read({ algorithm: 'ES256' })).toEqual({ algorithm: 'ES256', problems: [] });
});

it.each([
  [{ algorithm: 'none' }, 'tokens.algorithm: must be one of EdDSA, ES256'],
  [{ algorithm: 'HS256' }, 'tokens.algorithm: must be one of EdDSA, ES256'],
  [{ algorithm: 'es256' }, 'tokens.algorithm: must be one of EdDSA, ES256'],
  [{ algorithm: ['EdDSA', 'ES256'] }, 'tokens.algorithm: must be one of EdDSA, ES256'],
  [{ lifetime: 3600 }, 'tokens.lifetime: there is no such option'],
  ['ES256', 'tokens: must be a map, not a text'],
])('R74 %j does not start', (section, problem) => {
  expect(read(section).problems).toEqual([problem]);
});
