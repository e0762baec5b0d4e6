import { beforeEach, describe, expect, it } from 'vitest';
import type { SubmitFailure, SubmitOutcome } from '../domain/outcome.js';
import { Pauses } from './pauses.js';
import { BAD_REQUEST } from './providers/outcomes/error-map.js';

let now: number;
let pauses: Pauses;
beforeEach(() => {
  now = 1_000_000;
  pauses = new Pauses(() => now);
});

const refused = (failure: SubmitFailure, retryAfterSeconds?: number): SubmitOutcome => ({
  ...{ kind: 'refused', failure, cause: 'provider', detail: '429' },
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const ACCEPTED: SubmitOutcome = { kind: 'accepted' };

describe('a throttle', () => {
  it.each([
    [undefined, 1],
    [0, 1],
    [7, 7],
    [60, 60],
    [86_400, 60],
  ])('with Retry-After %s leaves the provider alone for %d s', (asked, seconds) => {
    expect(pauses.learn(refused('throttled', asked))).toEqual({ because: 'throttled', forMs: seconds * 1_000 });
    now += seconds * 1_000 - 1;
    expect(pauses.current()).toEqual({ because: 'throttled', forMs: 1 });
    now += 1;
    expect(pauses.current()).toBeNull();
  });

  it('lasts although a message is taken meanwhile, and a shorter one does not cut it short', () => {
    pauses.learn(refused('throttled', 30));
    now += 1_000;
    pauses.learn(ACCEPTED);
    expect(pauses.learn(refused('throttled', 2))).toBeNull();
    expect(pauses.current()).toEqual({ because: 'throttled', forMs: 29_000 });
  });
});

describe.each(['quota', 'misconfigured'] as const)('%s', (failure) => {
  it('passes the provider over for 30 s, or until it takes a message after all', () => {
    pauses.learn(refused(failure));
    expect(pauses.current()).toEqual({ because: failure, forMs: 30_000 });
    pauses.learn(ACCEPTED);
    expect(pauses.current()).toBeNull();
  });
});

it('a refusal of one message, such as its sender, leaves the provider to everybody else', () => {
  expect(pauses.learn({ ...refused('misconfigured'), ...BAD_REQUEST })).toBeNull();
  expect(pauses.current()).toBeNull();
  expect(pauses.lastFailure).toEqual({ at: 1_000_000, failure: 'misconfigured', detail: '429' });
});

it('a verdict on one message says nothing about the next, and silence is the breaker’s', () => {
  for (const outcome of [
    refused('rejected'),
    refused('unreachable'),
    { kind: 'ambiguous', detail: 'timeout' } as const,
  ])
    expect(pauses.learn(outcome)).toBeNull();
  expect(pauses.current()).toBeNull();
});

it('keeps the last failure that was the provider’s own', () => {
  expect(pauses.lastFailure).toBeNull();
  pauses.learn(refused('quota'));
  now += 5;
  pauses.learn(refused('rejected'));
  pauses.learn(ACCEPTED);
  expect(pauses.lastFailure).toEqual({ at: 1_000_000, failure: 'quota', detail: '429' });
});
