import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import { guessesBounded } from './guesses-bounded.js';
import { NOT_EXERCISED } from './verdict-of.js';

const RIGHT = { code: '1000000000', kind: 'right' } as const;
const WRONG = { code: '4444444444', kind: 'wrong' } as const;
const REFUSED: [number, object] = [422, { code: 'wrong-code' }];

/** `told` wrong guesses, of which the ledger has counted `counted`. */
function guessed(told: number, counted = told): SampleHistory {
  const sample = new SampleHistory().login('ver_1', { failed_checks: counted });
  for (let n = 0; n < told; n += 1) sample.check('ver_1', WRONG, REFUSED);
  return sample;
}

const seen = (sample: SampleHistory) => guessesBounded(sample.history).violations.map(({ what }) => what);

test('all attempts and not one more are sound', () => {
  const verdict = guessesBounded(guessed(5).ends('ver_1', 'failed').check('ver_1', WRONG, [429, {}]).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toMatch(/^at most 5 wrong guesses compared; 1 verifications used all/);
});

test('where nobody used all attempts there is nothing to say', () => {
  expect(guessesBounded(guessed(4).history).figure).toBe(NOT_EXERCISED);
});

test('one guess too many', () => {
  expect(seen(guessed(6, 5))).toEqual(['6 wrong guesses compared, 5 are allowed']);
});

test('a replay of one answer is no guess of its own', () => {
  const replayed = guessed(4, 5);
  for (let n = 0; n < 3; n += 1) replayed.check('ver_1', WRONG, REFUSED, { idempotencyKey: 'k' });
  expect(seen(replayed)).toEqual([]);
});

test('a guess that was told and not counted would be given back by a lost Redis', () => {
  expect(seen(guessed(3, 2))).toEqual(['3 wrong guesses told, 2 in the ledger']);
});

test('no approval after the last attempt', () => {
  const late = guessed(5)
    .check('ver_1', RIGHT, [200, { status: 'approved' }])
    .ends('ver_1', 'approved');
  expect(seen(late)).toEqual(['approved after every attempt was used']);
});

test('the end is told once', () => {
  expect(seen(guessed(5).ends('ver_1', 'failed').ends('ver_1', 'failed'))).toEqual(['told failed 2 times']);
});

test('guesses that nobody answered before Redis was lost may have been compared twice', () => {
  const lost = guessed(5).check('ver_1', WRONG, 'died');
  lost.history.faults.push({
    number: 1,
    kind: 'redis-wipe',
    target: 'redis',
    detail: '',
    fromMs: 20_000,
    untilMs: 21_000,
  });
  expect(guessesBounded(lost.history).figure).toMatch(/possible extra guesses after a lost Redis: 1$/);
});
