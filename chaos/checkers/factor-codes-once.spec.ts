import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Typed } from '../history/conversations.js';
import { factorCodesOnce } from './factor-codes-once.js';
import { NOT_EXERCISED } from './verdict-of.js';

const APPROVED: [number, object] = [200, { status: 'approved' }];
const USED: [number, object] = [422, { code: 'wrong-code', reason: 'already-used' }];

const ofStep = (number: number): Typed => {
  const step = { number, rightFromMs: (number - 1) * 60_000, rightUntilMs: (number + 2) * 60_000 };
  return { code: String(10_000_000 + number), kind: 'right', factor: { channel: 'totp', of: 'fac_1', step } };
};
const BACKUP: Typed = { code: 'ABCD', kind: 'right', factor: { channel: 'backup-code', of: 'codes of 1', step: null } };

/** Somebody whose authenticator was activated with the code of step 6, and whose latest step is `last`. */
function enrolled(last: number): SampleHistory {
  const sample = new SampleHistory();
  const row = { application_id: 'app_shop', subject: 'person-1', status: 'active', taken_for: null } as const;
  sample.history.dumps.factors.push({
    ...row,
    ...{ id: 'fac_1', channel: 'totp', last_step: String(last), codes_left: null },
  });
  return sample.call({ kind: 'activate', typed: ofStep(6) });
}

const seen = (sample: SampleHistory) => factorCodesOnce(sample.history).violations.map(({ what }) => what);

test('one login of two that a code was typed at is sound, and so is the next step', () => {
  const sample = enrolled(8).check('ver_1', ofStep(7), APPROVED).check('ver_2', ofStep(7), USED);
  const verdict = factorCodesOnce(sample.check('ver_2', ofStep(8), APPROVED).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('accepts per code 1 at most; 1 were typed for several things, 1 times told as used');
});

test('where no code was typed twice there is nothing to say', () => {
  expect(factorCodesOnce(enrolled(7).check('ver_1', ofStep(7), APPROVED).history).figure).toBe(NOT_EXERCISED);
});

test('one code at two logins, of an authenticator or of a list', () => {
  const twice = enrolled(7).check('ver_1', ofStep(7), APPROVED).check('ver_2', ofStep(7), APPROVED);
  expect(seen(twice)).toEqual(['fac_1, step 7 was taken 2 times: ver_1, ver_2']);
  const backup = new SampleHistory().check('ver_1', BACKUP, APPROVED).check('ver_2', BACKUP, APPROVED);
  for (const taken_for of ['ver_1', 'ver_2'])
    backup.history.dumps.backupCodes.push({ factor_id: 'fac_2', usedAtMs: 1, taken_for });
  expect(seen(backup)).toEqual(['codes of 1, ABCD was taken 2 times: ver_1, ver_2']);
});

test('an answer that is asked for again is the same approval', () => {
  expect(seen(enrolled(7).check('ver_1', ofStep(7), APPROVED).check('ver_1', ofStep(7), APPROVED))).toEqual([]);
});

test('the code of an enrolment lets nobody in', () => {
  expect(seen(enrolled(6).check('ver_1', ofStep(6), APPROVED))).toEqual([
    'fac_1, step 6 was taken 2 times: the enrolment of fac_1, ver_1',
  ]);
});

test('an earlier step after a later one', () => {
  const back = enrolled(8).check('ver_1', ofStep(8), APPROVED).check('ver_2', ofStep(7), APPROVED);
  expect(seen(back)).toEqual(['fac_1, step 7 was taken after fac_1, step 8']);
});

test('an approval whose answer was lost is no step back', () => {
  const lost = enrolled(8).check('ver_1', ofStep(7), 'died').check('ver_2', ofStep(8), APPROVED);
  expect(seen(lost.check('ver_1', ofStep(7), APPROVED))).toEqual([]);
});

test('what was told must stand in the ledger', () => {
  expect(seen(enrolled(6).check('ver_1', ofStep(7), APPROVED))).toEqual([
    'fac_1, step 7 was taken, and the ledger does not know',
  ]);
  expect(seen(new SampleHistory().check('ver_1', BACKUP, APPROVED))).toEqual([
    'codes of 1, ABCD was taken, and the ledger does not know',
  ]);
});
