import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_PROVIDER_TYPES } from '../../src/delivery/adapters/providers/provider-types.js';

/** They do not speak HTTP, so only what they report is the same for them as for the others. */
const WITHOUT_HTTP = ['sandbox', 'smpp', 'smtp'];

/** Descriptions of a gateway, without code, that provider-profiles.spec.ts tries: it says itself if one is missing. */
const isProfile = (type: string) =>
  existsSync(new URL(`../../src/delivery/adapters/providers/http/profiles/${type}.ts`, import.meta.url));

/** The functions that a file calls whenever it is loaded: statements at its top, not what is said in comments or skipped. */
function calledBy(name: string): string[] {
  const file = new URL(name, import.meta.url);
  if (!existsSync(file)) return [];
  const { statements } = ts.createSourceFile(name, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return [];
    const called = statement.expression.expression;
    return ts.isIdentifier(called) ? [called.text] : [];
  });
}

describe('every kind of provider that ships', () => {
  const types = [...BUILT_IN_PROVIDER_TYPES.map(({ type }) => type), 'sandbox'];

  it.each(types.filter((type) => !isProfile(type)))('%s has gone through the contracts', (type) => {
    const contract = WITHOUT_HTTP.includes(type) ? 'providerReportsContract' : 'providerContract';
    const specs = [`provider-${type}.spec.ts`, `provider-${type}-reports.spec.ts`];
    expect(specs.flatMap(calledBy)).toContain(contract);
  });
});
