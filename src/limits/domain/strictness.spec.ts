import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleOrder } from './owned-rule.js';
import { asStrictAs, weakens } from './strictness.js';

const order: RuleOrder = {
  ...{ name: 'recipient-hour', on: 'send', by: ['recipient'], scope: 'application', max: 5, windowSeconds: 3_600 },
  ...{ mode: 'enforce', enabled: true, note: '' },
};

const rules = fc.record({
  name: fc.constant('x'),
  on: fc.constantFrom('send', 'check', 'failed-check'),
  by: fc.uniqueArray(fc.constantFrom('recipient', 'ip', 'subject'), { minLength: 1, maxLength: 3 }),
  scope: fc.constantFrom('application', 'global'),
  max: fc.integer({ min: 1, max: 4 }),
  windowSeconds: fc.integer({ min: 1, max: 8 }),
  mode: fc.constantFrom('enforce', 'shadow'),
  enabled: fc.boolean(),
  note: fc.constant(''),
}) as fc.Arbitrary<RuleOrder>;

interface Act {
  at: number;
  on: string;
  applicationId: string;
  recipient: string;
  ip: string;
  subject: string;
}

const acts: fc.Arbitrary<Act[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 12 }),
      on: fc.constantFrom('send', 'check', 'failed-check'),
      applicationId: fc.constantFrom('a', 'b'),
      recipient: fc.constantFrom('r', 's'),
      ip: fc.constantFrom('i', 'j'),
      subject: fc.constantFrom('u', 'v'),
    }),
    { maxLength: 24 },
  )
  .map((unordered) => unordered.sort((a, b) => a.at - b.at));

function admits({ on, by, scope, max, windowSeconds, mode, enabled }: RuleOrder, before: Act[], act: Act): boolean {
  if (!enabled || mode === 'shadow' || act.on !== on) return true;
  const dimensions = [...by, ...(scope === 'application' ? ['applicationId'] : [])] as (keyof Act)[];
  const same = before.filter(
    (other) => other.on === on && dimensions.every((dimension) => other[dimension] === act[dimension]),
  );
  return same.filter(({ at }) => at > act.at - windowSeconds).length < max;
}

describe('R79 a rule that is as strict as another', () => {
  test('lets nothing through that the other refuses, whatever happens', () => {
    fc.assert(
      fc.property(rules, rules, acts, (rule, other, all) => {
        fc.pre(asStrictAs(rule, other));
        const through: Act[] = [];
        for (const act of all) if (admits(rule, through, act)) through.push(act);
        expect(through.filter((act, i) => !admits(other, through.slice(0, i), act))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Partial<RuleOrder>, boolean]>([
    ['the same', {}, true],
    ['fewer', { max: 4 }, true],
    ['more', { max: 6 }, false],
    ['a longer window', { windowSeconds: 7_200 }, true],
    ['a shorter window', { windowSeconds: 3_599 }, false],
    ['one that only watches', { mode: 'shadow' }, false],
    ['one that is switched off', { enabled: false }, false],
    ['other acts', { on: 'failed-check' }, false],
    ['another dimension', { by: ['ip'] }, false],
    ['one dimension more, so that each pair has a budget', { by: ['recipient', 'ip'] }, false],
    ['across applications', { scope: 'global' }, true],
    ['another note', { note: 'why' }, true],
  ])('%s', (_what, change, expected) => {
    expect(asStrictAs({ ...order, ...change }, order)).toBe(expected);
  });
});

describe('R80 a change that weakens', () => {
  test.each<[string, Partial<RuleOrder> | null, Partial<RuleOrder> | null, boolean]>([
    ['raises the maximum', {}, { max: 6 }, true],
    ['shortens the window', {}, { windowSeconds: 60 }, true],
    ['switches off', {}, { enabled: false }, true],
    ['only watches from now on', {}, { mode: 'shadow' }, true],
    ['deletes', {}, null, true],
    ['lowers the maximum', {}, { max: 1 }, false],
    ['makes', null, {}, false],
    ['changes the note', {}, { note: 'why' }, false],
    ['loosens what was switched off', { enabled: false }, { enabled: false, max: 9 }, false],
    ['deletes what only watched', { mode: 'shadow' }, null, false],
  ])('%s', (_what, before, after, expected) => {
    expect(weakens(before && { ...order, ...before }, after && { ...order, ...after })).toBe(expected);
  });
});
