import { expect, test } from 'vitest';
import { CALLS } from '../api.js';
import { errorIn } from './errors.js';

const problem = (code: string, more: object = {}) => ({ status: 422, body: { code, detail: 'Why.', ...more } });

test('a refusal has its code, what it is about, and what goes with that code', () => {
  const answer = { ...problem('wrong-code', { attemptsLeft: 4, title: 'Wrong code' }), requestId: 'r-1' };
  expect(errorIn('checkCode', answer)).toEqual({
    ...{ code: 'wrong-code', status: 422, detail: 'Why.', requestId: 'r-1', attemptsLeft: 4 },
  });
  const endUser = { title: 'Zu viele', detail: 'Warten Sie.' };
  expect(errorIn('startVerification', problem('cooldown', { retryAfterSeconds: 12, endUser }))).toEqual({
    ...{ code: 'cooldown', status: 422, detail: 'Why.', retryAfterSeconds: 12, endUser },
  });
});

test('a limit says for how long, and whether it is that of one factor alone', () => {
  const locked = problem('rate-limited', { reason: 'factor-locked', retryAfterSeconds: 840, violatedPolicies: ['a'] });
  const carried = { reason: 'factor-locked', retryAfterSeconds: 840, violatedPolicies: ['a'] };
  expect(errorIn('checkCode', locked)).toMatchObject({ code: 'rate-limited', ...carried });
});

test('every code that the API documents for a call is read as itself, also when nothing else comes along', () => {
  for (const [call, { codes }] of Object.entries(CALLS))
    for (const code of codes) expect(errorIn(call as keyof typeof CALLS, problem(code)).code).toBe(code);
});

test('a refusal that is younger than the client, or belongs to another call, is unexpected and keeps its code', () => {
  for (const code of ['some-day', 'wrong-code', 'constructor', '__proto__'])
    expect(errorIn('startVerification', problem(code))).toMatchObject({ code: 'unexpected', problemCode: code });
});

test.each([undefined, null, 'text', 7, [], {}, { code: 1, detail: '' }, { code: 'wrong-code' }])(
  '%j is no refusal of the service',
  (body) => {
    expect(errorIn('checkCode', { status: 502, body })).toMatchObject({ code: 'unexpected', status: 502 });
  },
);

test('members that are not what they should be do no harm', () => {
  const odd = problem('unknown-template', { templates: { length: 3 }, errors: 1, retryAfterSeconds: null });
  expect(errorIn('startVerification', odd)).toMatchObject({ code: 'unknown-template', templates: [] });
});
