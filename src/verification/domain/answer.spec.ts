import { expect, it } from 'vitest';
import { inFlightUntil, readAnswer, writeAnswer, type Answer } from './answer.js';

it.each<Answer>([
  { kind: 'wrong', attemptsLeft: 0, digest: 'abc-_' },
  { kind: 'wrong', attemptsLeft: 4, digest: 'abc' },
  { kind: 'wrong', attemptsLeft: 4, digest: 'abc', reason: 'already-used' },
  { kind: 'approved', digest: 'abc' },
])('reads back what it wrote: %j', (answer) => {
  expect(readAnswer(writeAnswer(answer))).toEqual(answer);
});

it('takes a request still in flight for no answer', () => {
  expect(readAnswer('in-flight|1795360072000')).toBeNull();
  expect(
    ['in-flight|1795360072000', 'in-flight|1795360072000|digest|gss_1', 'approved|1795'].map(inFlightUntil),
  ).toEqual([1_795_360_072_000, 1_795_360_072_000, 0]);
});
