import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import { failureBudget } from './failure-budget.js';
import { NOT_EXERCISED } from './verdict-of.js';

const WRONG = { code: '4444444444', kind: 'wrong' } as const;

/** One person's wrong guesses, five at each verification. */
function guessed(count: number, sample = new SampleHistory()): SampleHistory {
  for (let n = 0; n < count; n += 1) sample.check(`ver_${String(n / 5)}`, WRONG, [422, { code: 'wrong-code' }]);
  return sample;
}

const wipe = (fromMs: number) => ({
  number: 1,
  kind: 'redis-wipe' as const,
  target: 'redis',
  detail: '',
  fromMs,
  untilMs: fromMs + 100,
});
const seen = (sample: SampleHistory) => failureBudget(sample.history).violations.map(({ what }) => what);

test('ten wrong guesses in an hour are what a recipient has', () => {
  const verdict = failureBudget(guessed(10).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('1 recipients at their budget; guesses above it: 0, after 0 losses of Redis');
});

test('where nobody came near there is nothing to say', () => {
  expect(failureBudget(guessed(9).history).figure).toBe(NOT_EXERCISED);
});

test('an eleventh is one too many, at whichever verification', () => {
  expect(seen(guessed(11))).toEqual(['app_shop +4915100000777: 11 wrong guesses, recipient-failures-hour allows 10']);
});

test('another hour is another budget', () => {
  const sample = guessed(8);
  for (const call of sample.history.calls.slice(0, 4))
    Object.assign(call, { sentAtMs: -3_700_000, endedAtMs: -3_699_990 });
  expect(seen(guessed(4, sample))).toEqual([]);
});

test('what a lost Redis gives back is counted, and is no violation', () => {
  const sample = guessed(8);
  sample.history.faults.push(wipe(8_500));
  const verdict = failureBudget(guessed(8, sample).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('1 recipients at their budget; guesses above it: 6, after 1 losses of Redis');
});

test('guesses at a factor are not the recipient’s', () => {
  const sample = new SampleHistory();
  const factor = { channel: 'totp', of: 'fac_1', step: null } as const;
  for (let n = 0; n < 11; n += 1) sample.check(`ver_${String(n)}`, { ...WRONG, factor }, [422, { code: 'wrong-code' }]);
  expect(failureBudget(sample.history).figure).toBe(NOT_EXERCISED);
});
