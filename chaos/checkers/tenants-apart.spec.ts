import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Call } from '../history/conversations.js';
import { tenantsApart } from './tenants-apart.js';
import { NOT_EXERCISED } from './verdict-of.js';

const answered = (status: number): Call['answer'] => ({ kind: 'answered', status, body: {}, retryAfterSeconds: null });

/** Another application has asked for `ver_1`, and was answered so. */
const pried = (status: number, kind: Call['kind'] = 'read') =>
  new SampleHistory()
    .login('ver_1')
    .call({ kind, verificationId: 'ver_1', applicationId: 'app_bank', answer: answered(status) }).history;

test('an unknown verification is all that a stranger hears of', () => {
  const verdict = tenantsApart(pried(404));
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('0 told of 1 asked by another application');
});

test('where only owners ask there is nothing to say', () => {
  const own = new SampleHistory().login('ver_1').call({ kind: 'read', verificationId: 'ver_1', answer: answered(200) });
  expect(tenantsApart(own.history).figure).toBe(NOT_EXERCISED);
});

test.each<[number, Call['kind']]>([
  [200, 'read'],
  [410, 'check'],
  [422, 'check'],
  [202, 'resend'],
])('a stranger who is answered %i to its %s has learned something', (status, kind) => {
  expect(tenantsApart(pried(status, kind)).violations).toEqual([
    {
      what: `${kind} 2 by app_bank, whose verification it is not, was answered ${String(status)}`,
      verificationId: 'ver_1',
    },
  ]);
});

test('a call about no verification is about nobody’s, also after a start that came to nothing', () => {
  const sample = new SampleHistory().call({ kind: 'start' });
  sample.call({ kind: 'enrol', applicationId: 'app_bank', answer: answered(201) });
  expect(tenantsApart(sample.history).violations).toEqual([]);
});
