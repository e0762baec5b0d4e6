import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Call } from '../history/conversations.js';
import { failsClosed } from './fails-closed.js';
import { NOT_EXERCISED } from './verdict-of.js';

const answered = (status: number): Call['answer'] => ({ kind: 'answered', status, body: {}, retryAfterSeconds: 1 });

/** An outage of Redis from 10 s to 20 s for the node, or for all. */
function outage(target: string): SampleHistory {
  const sample = new SampleHistory();
  sample.history.faults.push({
    ...{ number: 1, kind: 'partition-redis', target, detail: '', fromMs: 10_000, untilMs: 30_000, healedMs: 20_000 },
  });
  return sample;
}

const asked = (atMs: number, status: number, sample = outage('redis')) =>
  sample.call({ kind: 'start', sentAtMs: atMs, endedAtMs: atMs + 20, answer: answered(status) });
const seen = (sample: SampleHistory) => failsClosed(sample.history).violations.map(({ what }) => what);

test('503 during the outage, and 202 before and after', () => {
  const verdict = failsClosed(asked(20_000, 202, asked(12_000, 503, asked(9_999, 202))).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('0 let through of 1 in 1 outages; 503 p50 20 ms, p99 20 ms');
});

test('where nobody asked during an outage there is nothing to say', () => {
  expect(failsClosed(asked(9_000, 202).history).figure).toBe(NOT_EXERCISED);
});

test.each(['redis', 'a'])('a start that is let through while %s is cut off', (target) => {
  expect(seen(asked(12_000, 202, outage(target)))).toEqual([
    'start 1 was let through by node a, which could not ask its stores',
  ]);
});

test('another node’s outage is not this one’s', () => {
  expect(seen(asked(12_000, 202, outage('b')))).toEqual([]);
});
