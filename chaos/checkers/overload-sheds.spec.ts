import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Call } from '../history/conversations.js';
import { overloadSheds } from './overload-sheds.js';
import { NOT_EXERCISED } from './verdict-of.js';

const WRONG: Call['answer'] = { kind: 'answered', status: 422, body: { code: 'wrong-code' }, retryAfterSeconds: null };
const OVERLOADED: Call['answer'] = {
  kind: 'answered',
  status: 503,
  body: { code: 'overloaded' },
  retryAfterSeconds: 1,
};

/** `count` checks at the same moment, of which every `n`-th is refused. */
function flood(count: number, n = Infinity): SampleHistory {
  const sample = new SampleHistory();
  const at = { kind: 'check', sentAtMs: 1_000, endedAtMs: 2_000 } as const;
  for (let i = 1; i <= count; i += 1) sample.call({ ...at, answer: i % n === 0 ? OVERLOADED : WRONG });
  return sample;
}

const seen = (sample: SampleHistory) => overloadSheds(sample.history).violations.map(({ what }) => what);

test('a flood of which half is refused is sound, and reads meanwhile are timed', () => {
  const verdict = overloadSheds(flood(150, 2).call({ sentAtMs: 1_500, endedAtMs: 1_540 }).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('75 refused; reads meanwhile: 1, p99 40 ms');
});

test('where nothing was too much there is nothing to say', () => {
  expect(overloadSheds(flood(20).history).figure).toBe(NOT_EXERCISED);
});

test('a flood that is admitted whole', () => {
  expect(seen(flood(200))).toEqual(['node a had 200 checks at once in its queue']);
});

test('a refusal that does not say when to come back', () => {
  expect(seen(flood(1).call({ answer: { ...OVERLOADED, retryAfterSeconds: null } }))).toEqual([
    'call 2 was refused without Retry-After',
  ]);
});

test('a reader who was not answered', () => {
  const kept = flood(4, 2).call({ sentAtMs: 1_500, endedAtMs: 9_000, answer: { kind: 'none', why: 'timeout' } });
  expect(seen(kept)).toEqual(['read 5 was not answered during the overload']);
});

test('a reader whom a node that stood still kept waiting is not the overload’s', () => {
  const kept = flood(4, 2).call({ sentAtMs: 1_500, endedAtMs: 9_000, answer: { kind: 'none', why: 'timeout' } });
  const frozen = { number: 1, kind: 'freeze', target: 'a', detail: '', fromMs: 1_400, untilMs: 8_000 } as const;
  kept.history.faults.push(frozen);
  expect(seen(kept)).toEqual([]);
});
