import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { SentReport } from '../history/conversations.js';
import type { DeliveryDump } from '../history/dumps.js';
import { reportsForward } from './reports-forward.js';
import { NOT_EXERCISED } from './verdict-of.js';

const seen = (sample: SampleHistory) =>
  reportsForward(sample.history).violations.map(({ what }) => what.replace('delivery dlv_ver_1_0: ', ''));

/** A login whose delivery ended like this. */
function ended(over: Partial<DeliveryDump>): SampleHistory {
  const sample = new SampleHistory().login('ver_1');
  Object.assign(sample.history.dumps.deliveries[0] ?? {}, over);
  return sample;
}

/** What the carrier reports, and what was made of it. */
function reported(
  sample: SampleHistory,
  status: SentReport['status'],
  effect: string | null,
  over: Partial<SentReport> = {},
): SampleHistory {
  const { reports, dumps } = sample.history;
  const number = reports.length + 1;
  const report = { number, atMs: number, message: 1, attemptId: 'att_ver_1_0', status, node: 'a', answered: 200 };
  reports.push({ ...report, manner: 'contradictory', ...over });
  if (effect !== null)
    dumps.reports.push({
      ...{
        id: String(number),
        provider_id: 'primary',
        attempt_id: 'att_ver_1_0',
        status,
        detail: '',
        effect,
        receivedAtMs: 1,
      },
    });
  return sample;
}

test('delivered, then failed: it stays delivered', () => {
  const sample = reported(reported(ended({ status: 'delivered' }), 'delivered', 'delivered'), 'failed', 'none: final');
  const verdict = reportsForward(sample.history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('forged accepted 0 of 0; 2 repeated, late or contradictory reports');
});

test('failed, then delivered: it stays failed, and that it arrived is noted', () => {
  const failed = ended({ status: 'failed', deliveredLateAtMs: 5 });
  expect(seen(reported(reported(failed, 'failed', 'failed'), 'delivered', 'delivered-late'))).toEqual([]);
});

test('where every report was honest and in time there is nothing to say', () => {
  const honest = reported(ended({ status: 'delivered' }), 'delivered', 'delivered', { manner: 'honest' });
  expect(reportsForward(honest.history).figure).toBe(NOT_EXERCISED);
});

test('a report that moves a delivery back', () => {
  const back = reported(reported(ended({ status: 'failed' }), 'delivered', 'delivered'), 'failed', 'failed');
  expect(seen(back)).toContain('it ended 2 times: delivered, failed');
  expect(seen(back)).toContain('it was reported delivered, and is failed without a trace of that');
});

test('a report without any trace, and an arrival that nobody reported', () => {
  expect(seen(reported(ended({ status: 'unconfirmed' }), 'delivered', null))).toEqual([
    'it was reported delivered, and is unconfirmed without a trace of that',
  ]);
  expect(seen(ended({ status: 'delivered' }))).toEqual(['nobody reported it delivered']);
});

test('a forged report that is accepted, and one that has its effect', () => {
  const forged = { manner: 'forged', answered: 200 } as const;
  expect(seen(reported(ended({ status: 'sent' }), 'failed', null, forged))).toEqual(['forged report 1 was accepted']);
  const believed = reported(ended({ status: 'delivered' }), 'delivered', 'delivered', {
    manner: 'forged',
    answered: null,
  });
  expect(seen(believed)).toEqual(['nobody reported it delivered']);
});

test('two deliveries of one step, and a fallback after one that was delivered', () => {
  const failed = () => reported(ended({ status: 'failed' }), 'failed', 'failed');
  expect(seen(failed().message('ver_1', { status: 'sent' }))).toEqual([]);
  expect(seen(failed().message('ver_1', { status: 'sent', step: 0 }))).toEqual(['step 0 was taken more than once']);
  const delivered = reported(ended({ status: 'delivered' }), 'delivered', 'delivered');
  expect(seen(delivered.message('ver_1', { status: 'sent' }))).toEqual([
    'delivery dlv_ver_1_1: a fallback, though the step before was delivered',
  ]);
});
