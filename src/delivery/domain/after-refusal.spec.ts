import { describe, expect, it } from 'vitest';
import { afterRefusal, providersLeft, type Refusal } from './after-refusal.js';
import type { SubmitFailure } from './outcome.js';

const refusal = (failure: SubmitFailure, retryAfterSeconds?: number): Refusal => ({
  ...{ kind: 'refused', failure, cause: 'provider', detail: '' },
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const giveUp = { kind: 'give-up', cause: 'provider' };

describe('whose turn it is', () => {
  it.each([
    ['all in order', ['a', 'b'], [], ['a', 'b']],
    ['the untried ones', ['a', 'b', 'c'], ['a'], ['b', 'c']],
    ['the only one once more', ['a'], ['a'], ['a']],
    ['nobody after two tries of the only one', ['a'], ['a', 'a'], []],
    ['nobody after each was tried', ['a', 'b'], ['a', 'b'], []],
    ['nobody without a route', [], [], []],
    ['one that a changed configuration brought', ['new'], ['gone'], ['new']],
  ])('%s', (_, route, tried, expected) => {
    expect(providersLeft(route, tried)).toEqual(expected);
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
    [5, 5_000],
  ])('the only provider is asked again after Retry-After %s, 1 to 5 s', (seconds, inMs) => {
    expect(afterRefusal(refusal('throttled', seconds), ['a'], ['a'])).toEqual({ kind: 'retry', inMs });
  });

  it('a longer pause of the only provider is not waited for: the next channel is there now', () => {
    expect(afterRefusal(refusal('throttled', 6), ['a'], ['a'])).toEqual(giveUp);
  });

  it('the only provider is asked twice at most', () => {
    expect(afterRefusal(refusal('throttled'), ['a'], ['a', 'a'])).toEqual(giveUp);
  });

  it.each(['quota', 'misconfigured'] as const)('%s of the only provider does not pass within a second', (failure) => {
    expect(afterRefusal(refusal(failure), ['a'], ['a'])).toEqual(giveUp);
  });
});
