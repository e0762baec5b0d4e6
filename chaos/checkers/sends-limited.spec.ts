import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { Fault } from '../history/faults.js';
import { sendsLimited } from './sends-limited.js';
import { NOT_EXERCISED } from './verdict-of.js';

const seen = (sample: SampleHistory) => sendsLimited(sample.history).violations.map(({ what }) => what);

/** A login whose delivery was made while its start was answered, `atMs` after the run began. */
function loginAt(atMs: number, sample = new SampleHistory(), id = `ver_${String(atMs)}`): SampleHistory {
  sample.login(id);
  const start = sample.history.calls.at(-1);
  const delivery = sample.history.dumps.deliveries.at(-1);
  if (start) Object.assign(start, { sentAtMs: atMs - 5, endedAtMs: atMs + 5 });
  if (delivery) delivery.createdAtMs = atMs;
  return sample;
}

const refused = (sample: SampleHistory) =>
  sample.call({ kind: 'start', answer: { kind: 'answered', status: 429, body: {}, retryAfterSeconds: 30 } });

test('one message in thirty seconds, the next one refused', () => {
  const verdict = sendsLimited(refused(loginAt(31_000, loginAt(0))).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('admitted − limit = 0 at most; 1 refused');
});

test('where nobody was refused there is nothing to say', () => {
  expect(sendsLimited(loginAt(0).history).figure).toBe(NOT_EXERCISED);
});

test('two within thirty seconds', () => {
  expect(seen(loginAt(20_000, loginAt(0)))).toEqual([
    'app_shop +4915100000777: 1 sends above recipient-cooldown: start ver_0 -0.005 s to 0.005 s, start ver_20000 19.995 s to 20.005 s',
  ]);
});

test('what lies on the edge of a window by the client’s clock may lie outside by Redis’s', () => {
  expect(seen(loginAt(29_995, loginAt(0)))).toEqual([]);
});

test('four within ten minutes', () => {
  const sample = [0, 100_000, 200_000, 300_000].reduce((so, atMs) => loginAt(atMs, so), new SampleHistory());
  expect(seen(sample)).toEqual([
    expect.stringContaining('+4915100000777: 1 sends above recipient-10-minutes: start ver_0'),
  ]);
});

test('a fallback feeds no cooldown, but every longer window', () => {
  const sample = [0, 100_000, 200_000].reduce((so, atMs) => loginAt(atMs, so), new SampleHistory());
  const fallback = { createdAtMs: 201_000, sentAtMs: 202_000, channel: 'voice' };
  expect(seen(sample.message('ver_200000', fallback))).toEqual([
    expect.stringMatching(
      /1 sends above recipient-10-minutes: start ver_0 .* fallback ver_200000 201.000 s to 202.000 s$/,
    ),
  ]);
});

const happened = (fault: Pick<Fault, 'kind' | 'promoted'>): Fault => ({
  ...{ number: 1, target: 'redis', detail: '', fromMs: 9_000, untilMs: 9_100 },
  ...fault,
});

test.each([happened({ kind: 'redis-wipe' }), happened({ kind: 'redis-freeze', promoted: true })])(
  'a Redis that was wiped or replaced has forgotten what it counted: $kind',
  (loss) => {
    const sample = loginAt(0);
    sample.history.faults.push(loss);
    expect(seen(loginAt(20_000, sample))).toEqual([]);
  },
);

test('a Redis that was frozen and went on has forgotten nothing', () => {
  const sample = loginAt(0);
  sample.history.faults.push(happened({ kind: 'redis-freeze' }));
  expect(seen(loginAt(20_000, sample))).toHaveLength(1);
});
