import { describe, expect, it } from 'vitest';
import { afterRefusal, nextProvider, type Refusal } from './after-refusal.js';
import type { SubmitFailure } from './outcome.js';

const refusal = (failure: SubmitFailure, retryAfterSeconds?: number): Refusal => ({
  ...{ kind: 'refused', failure, cause: 'provider', detail: '' },
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const giveUp = { kind: 'give-up', cause: 'provider' };

describe('whose turn it is', () => {
  it.each([
    ['the first', ['a', 'b'], [], 'a'],
    ['the next untried', ['a', 'b', 'c'], ['a'], 'b'],
    ['the only one once more', ['a'], ['a'], 'a'],
    ['nobody after two tries of the only one', ['a'], ['a', 'a'], undefined],
    ['nobody after each was tried', ['a', 'b'], ['a', 'b'], undefined],
    ['nobody without a route', [], [], undefined],
    ['one that a changed configuration brought', ['new'], ['gone'], 'new'],
  ])('%s', (_, route, tried, expected) => {
    expect(nextProvider(route, tried)).toBe(expected);
  });
});

describe('after a refusal', () => {
  it('a rejection ends the channel although others could be asked', () => {
    expect(afterRefusal(refusal('rejected'), ['a', 'b'], ['a'])).toEqual(giveUp);
  });

  it.each(['throttled', 'quota', 'unreachable', 'misconfigured'] as const)(
    '%s asks the next provider at once',
    (kind) => {
      expect(afterRefusal(refusal(kind, 30), ['a', 'b'], ['a'])).toEqual({ kind: 'retry', inMs: 0 });
    },
  );

  it.each([
    [undefined, 1_000],
    [0, 1_000],
    [3, 3_000],
    [600, 5_000],
  ])('the only provider is asked again after Retry-After %s, 1 to 5 s', (seconds, inMs) => {
    expect(afterRefusal(refusal('throttled', seconds), ['a'], ['a'])).toEqual({ kind: 'retry', inMs });
  });

  it('the only provider is asked twice at most', () => {
    expect(afterRefusal(refusal('throttled'), ['a'], ['a', 'a'])).toEqual(giveUp);
  });

  it.each(['quota', 'misconfigured'] as const)('%s of the only provider does not pass within a second', (failure) => {
    expect(afterRefusal(refusal(failure), ['a'], ['a'])).toEqual(giveUp);
  });
});
