import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import { clocksAgree } from './clocks-agree.js';
import { NOT_EXERCISED } from './verdict-of.js';

const RIGHT = { code: '1000000000', kind: 'right' } as const;
const EXPIRED: [number, object] = [410, { code: 'expired' }];
const APPROVED: [number, object] = [200, { status: 'approved' }];

/** A login whose life ends 60 s after the run began, on a node whose clock has jumped. */
function login(): SampleHistory {
  const sample = new SampleHistory();
  const { history } = sample;
  history.faults.push({ number: 1, kind: 'clock-jump', target: 'a', detail: '+3600 s', fromMs: 0, untilMs: 90_000 });
  sample.login('ver_1');
  const start = history.calls[0];
  if (start?.answer.kind === 'answered')
    start.answer.body['expiresAt'] = new Date(history.epochMs + 60_000).toISOString();
  return sample;
}

const checked = (atMs: number, answer: [number, object], sample = login()) =>
  sample.check('ver_1', RIGHT, answer, { sentAtMs: atMs, endedAtMs: atMs + 10 });
const seen = (sample: SampleHistory) => clocksAgree(sample.history).violations.map(({ what }) => what);

test('approved before the end, expired after it', () => {
  const verdict = clocksAgree(checked(61_000, EXPIRED, checked(59_000, APPROVED)).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('early expiry 0.0 s, late 0.0 s; wrongly accepted 0, wrongly refused 0; 1 jumps');
});

test('where no clock jumped there is nothing to say', () => {
  const sample = checked(10_000, APPROVED);
  sample.history.faults = [];
  expect(clocksAgree(sample.history).figure).toBe(NOT_EXERCISED);
});

test('expired too early', () => {
  expect(seen(checked(10_000, EXPIRED))).toEqual(['node a said expired 50.0 s too early']);
  expect(seen(checked(10_000, [410, { code: 'expired', reason: 'state-lost' }]))).toEqual([]);
});

test('approved too late, unless it is the answer of an approval in time', () => {
  expect(seen(checked(70_000, APPROVED))).toEqual(['node a approved 10.0 s after the end']);
  expect(seen(checked(70_000, APPROVED, checked(59_000, APPROVED)))).toEqual([]);
});

test('an authenticator’s code is called wrong while it is right', () => {
  const step = { number: 7, rightFromMs: 20_000, rightUntilMs: 50_000 };
  const typed = { code: '10000007', kind: 'right', factor: { channel: 'totp', of: 'fac_1', step } } as const;
  const told = (atMs: number, body: object) =>
    seen(login().check('ver_1', typed, [422, { code: 'wrong-code', ...body }], { sentAtMs: atMs, endedAtMs: atMs }));
  expect(told(30_000, {})).toEqual(['node a called the code of step 7 wrong']);
  expect(told(30_000, { reason: 'already-used' })).toEqual([]);
  for (const edge of [20_500, 49_500, 60_000]) expect(told(edge, {})).toEqual([]);
});
