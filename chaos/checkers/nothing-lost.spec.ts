import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { DeliveryDump } from '../history/dumps.js';
import { nothingLost } from './nothing-lost.js';
import { NOT_EXERCISED } from './verdict-of.js';

const seen = (sample: SampleHistory) => nothingLost(sample.history).violations.map(({ what }) => what);

function killed(sample: SampleHistory): SampleHistory {
  sample.history.faults.push({ number: 1, kind: 'kill', target: 'a', detail: '', fromMs: 0, untilMs: 5_000 });
  return sample;
}

function deliveryIs(status: DeliveryDump['status'], sample = new SampleHistory().login('ver_1')): SampleHistory {
  for (const delivery of sample.history.dumps.deliveries) delivery.status = status;
  return sample;
}

test('an accepted start whose message is at the carrier is sound', () => {
  const verdict = nothingLost(killed(new SampleHistory().login('ver_1')).history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toMatch(/^lost 0 of 1 accepted, stuck 0; to the carrier p50 1\.\d s/);
});

test('where nothing went wrong there is nothing to say', () => {
  expect(nothingLost(new SampleHistory().login('ver_1').history).figure).toBe(NOT_EXERCISED);
});

test('a 202 that Postgres does not know', () => {
  const sample = new SampleHistory().login('ver_1');
  sample.history.dumps.verifications = [];
  expect(seen(sample)).toEqual(['answered 202, and not in Postgres']);
});

test.each(['queued', 'submitting'] as const)('a delivery that is %s when all is over', (status) => {
  expect(seen(deliveryIs(status))).toEqual([`its delivery dlv_ver_1_0 is ${status} for ever`]);
});

test('what was approved needs no delivery any more', () => {
  expect(seen(deliveryIs('queued', new SampleHistory().login('ver_1').ends('ver_1', 'approved')))).toEqual([]);
});

test('a verification without any delivery, and one that nobody ended', () => {
  const sample = new SampleHistory().login('ver_1', { expiresAtMs: 10_000 });
  expect(seen(sample)).toEqual(['its life is over, and nobody wrote so']);
  sample.history.dumps.deliveries = [];
  expect(seen(sample)).toEqual(['it has no delivery']);
});

test('a login by a factor needs no delivery', () => {
  const sample = new SampleHistory().login('ver_1', { sends: 0 });
  sample.history.dumps.deliveries = [];
  expect(seen(sample)).toEqual([]);
});
