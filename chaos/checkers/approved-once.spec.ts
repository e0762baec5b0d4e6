import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import { approvedOnce } from './approved-once.js';
import { NOT_EXERCISED } from './verdict-of.js';

const RIGHT = { code: '1000000000', kind: 'right' } as const;
const OTHER = { code: '4444444444', kind: 'wrong' } as const;
const APPROVED: [number, object] = [200, { status: 'approved' }];
const OVER: [number, object] = [410, { code: 'already-approved' }];

const seen = (sample: SampleHistory) => approvedOnce(sample.history).violations.map(({ what }) => what);
const approvedLogin = () =>
  new SampleHistory().login('ver_1').check('ver_1', RIGHT, APPROVED).ends('ver_1', 'approved');

/** A token that names itself, unsigned: nobody checks signatures here. */
const token = (jti: string) => `e30.${Buffer.from(JSON.stringify({ jti })).toString('base64url')}.`;

test('an approval and a refused second try are sound', () => {
  const verdict = approvedOnce(approvedLogin().check('ver_1', RIGHT, OVER).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('0 double approvals of 1; 1 were asked for more than once');
});

test('where nobody tried a code twice there is nothing to say', () => {
  expect(approvedOnce(approvedLogin().history).figure).toBe(NOT_EXERCISED);
});

test('a replay names the same token and is the same approval', () => {
  const replayed = new SampleHistory().login('ver_1');
  const answer: [number, object] = [200, { token: token('tok_1') }];
  replayed
    .check('ver_1', RIGHT, answer, { idempotencyKey: 'k' })
    .check('ver_1', RIGHT, answer, { idempotencyKey: 'k' });
  expect(seen(replayed.ends('ver_1', 'approved'))).toEqual([]);
});

test('two tokens are two approvals', () => {
  expect(seen(approvedLogin().check('ver_1', RIGHT, APPROVED))).toEqual(['approved twice: 2 tokens']);
});

test('a code that nobody was sent must not approve', () => {
  const wrong = new SampleHistory().login('ver_1').check('ver_1', OTHER, APPROVED).ends('ver_1', 'approved');
  expect(seen(wrong)).toEqual(['approved by a code that nobody was sent']);
  const anothers = new SampleHistory().login('ver_1').login('ver_2').check('ver_2', RIGHT, APPROVED);
  expect(seen(anothers.ends('ver_2', 'approved'))).toEqual(['approved by a code that nobody was sent']);
});

test('a code of a factor was sent by nobody; a wrong one must not approve', () => {
  const factor = { channel: 'backup-code', of: 'codes of 1', step: null } as const;
  const login = () => new SampleHistory().login('ver_1');
  const right = login().check('ver_1', { code: 'ABCD', kind: 'right', factor }, APPROVED);
  expect(seen(right.ends('ver_1', 'approved'))).toEqual([]);
  const wrong = login().check('ver_1', { code: 'ABCD', kind: 'wrong', factor }, APPROVED);
  expect(seen(wrong.ends('ver_1', 'approved'))).toEqual(['approved by a code that nobody was sent']);
});

test.each([
  ['canceled', [410, { code: 'canceled' }]],
  ['expired', [410, { code: 'expired' }]],
] as [string, [number, object]][])('no approval after %s was told', (_, end) => {
  const told = new SampleHistory().login('ver_1').check('ver_1', RIGHT, end).check('ver_1', RIGHT, APPROVED);
  expect(seen(told.ends('ver_1', 'approved'))).toEqual(['approved after call 2 said it was over']);
});

test('a state that was lost is no end: another message makes another code', () => {
  const lost = new SampleHistory()
    .login('ver_1')
    .check('ver_1', RIGHT, [410, { code: 'expired', reason: 'state-lost' }]);
  expect(seen(lost.check('ver_1', RIGHT, APPROVED).ends('ver_1', 'approved'))).toEqual([]);
});

test('what was told must stand in the ledger', () => {
  const untold = new SampleHistory().login('ver_1').check('ver_1', RIGHT, APPROVED).ends('ver_1', 'canceled');
  expect(seen(untold)).toEqual(['told approved; the ledger says canceled, with 0 events']);
});
