import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Call } from '../history/conversations.js';
import type { FaultKind } from '../history/faults.js';
import { restartUnnoticed } from './restart-unnoticed.js';
import { NOT_EXERCISED } from './verdict-of.js';

/** Calls with these answers, one each second, from the beginning of a rolling restart on. */
function restarted(...answers: Call['answer'][]): SampleHistory {
  const sample = new SampleHistory();
  for (const answer of answers) sample.call({ answer });
  return fault(sample, 'rolling-restart');
}

function fault(sample: SampleHistory, kind: FaultKind): SampleHistory {
  sample.history.faults.push({ number: 1, kind, target: 'a', detail: '', fromMs: 0, untilMs: 60_000 });
  return sample;
}

const answered = (status: number, code = ''): Call['answer'] => ({
  ...{ kind: 'answered', status, body: { code }, retryAfterSeconds: 1 },
});
const seen = (sample: SampleHistory) => restartUnnoticed(sample.history).violations.map(({ what }) => what);

test('answers, a closed door and a full queue are no failures', () => {
  const sample = restarted(answered(200), answered(503, 'overloaded'), { kind: 'none', why: 'refused' });
  const verdict = restartUnnoticed(sample.history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('0 failed requests of 3 during 1 rolling restarts');
});

test('where nothing was restarted there is nothing to say', () => {
  const verdict = restartUnnoticed(new SampleHistory().call({ answer: { kind: 'none', why: 'died' } }).history);
  expect(verdict).toMatchObject({ figure: NOT_EXERCISED, violations: [] });
});

test.each([
  ['a connection that was cut', { kind: 'none', why: 'died' }, 'no answer, died'],
  ['a request that was not answered', { kind: 'none', why: 'timeout' }, 'no answer, timeout'],
  ['a store that was closed too early', answered(503, 'unavailable'), 'answered 503'],
  ['an error', answered(500), 'answered 500'],
] as [string, Call['answer'], string][])('%s is a failure', (_, answer, how) => {
  expect(seen(restarted(answer))).toEqual([`call 1 (read on a): ${how}`]);
});

test('what another fault breaks meanwhile is not the restart’s doing', () => {
  expect(seen(fault(restarted({ kind: 'none', why: 'died' }), 'kill'))).toEqual([]);
});
