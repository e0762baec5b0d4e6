import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { ToldEvent } from '../history/conversations.js';
import { eventsTold } from './events-told.js';
import { NOT_EXERCISED } from './verdict-of.js';

/** A login with two events, each with its message. @param told sequence and answer of each telling */
function heard(...told: [number, ToldEvent['answer']][]): SampleHistory {
  const sample = new SampleHistory().login('ver_1').ends('ver_1', 'approved');
  const { events, webhookMessages } = sample.history.dumps;
  for (const { id, application_id, verification_id } of events)
    webhookMessages.push({
      endpoint_id: 'hook_1',
      event_id: id,
      application_id,
      verification_id,
      status: 'delivered',
      tries: 1,
    });
  told.forEach(([sequence, answer], place) => {
    const event = events.find((one) => one.sequence === sequence);
    const { id = '9', application_id: applicationId = 'app_shop', type = 'none' } = event ?? {};
    const what = { id: `evt_${id}`, applicationId, type, verificationId: 'ver_1', sequence };
    sample.history.told.push({ number: place + 1, atMs: place, ...what, signature: 'good', answer });
  });
  return sample;
}
const seen = (sample: SampleHistory) => eventsTold(sample.history).violations.map(({ what }) => what);

test('every event once, in order, whatever was refused before', () => {
  const sample = heard([1, 'refused'], [1, 'taken'], [2, 'hung-up'], [2, 'taken']);
  expect(eventsTold(sample.history)).toMatchObject({
    figure: 'lost 0 of 2, out of order 0, 0.00 % told twice',
    violations: [],
  });
});

test('twice is sound, and counted', () => {
  const sample = heard([1, 'taken'], [1, 'taken'], [2, 'taken']);
  expect(eventsTold(sample.history)).toMatchObject({
    figure: 'lost 0 of 2, out of order 0, 50.00 % told twice',
    violations: [],
  });
});

test('where nobody is told there is nothing to say', () => {
  expect(eventsTold(new SampleHistory().login('ver_1').history).figure).toBe(NOT_EXERCISED);
});

test('an event that nobody was told, and nobody owes', () => {
  expect(seen(heard([1, 'taken']))).toEqual([
    'evt_2 (verification.approved) was never told, and nobody owes it any more',
  ]);
  const owed = heard([1, 'taken']);
  for (const message of owed.history.dumps.webhookMessages) message.status = 'pending';
  expect(seen(owed)).toEqual([]);
});

test('a later event before an earlier one was taken', () => {
  expect(seen(heard([1, 'refused'], [2, 'taken'], [1, 'taken']))).toEqual(['2 was told before 1 was taken']);
  expect(seen(heard([2, 'taken'], [1, 'taken']))).toEqual(['1 was told after 2']);
});

test('an event that never happened, or happened to somebody else', () => {
  expect(seen(heard([1, 'taken'], [2, 'taken'], [3, 'taken']))).toEqual([
    'evt_9 (none) never happened to this application',
  ]);
  const mixed = heard([1, 'taken'], [2, 'taken']);
  for (const told of mixed.history.told) told.applicationId = 'app_bank';
  expect(seen(mixed)).toHaveLength(2);
});

test('an event that its application did not sign, whatever it was answered', () => {
  const sample = heard([1, 'refused'], [1, 'taken'], [2, 'taken']);
  const [first, , last] = sample.history.told;
  Object.assign(first ?? {}, { signature: 'stale' });
  expect(seen(sample)).toEqual([]);
  Object.assign(last ?? {}, { signature: 'forged' });
  expect(seen(sample)).toEqual([
    "evt_2 (verification.approved) came without a signature that the application's secret has made",
  ]);
});
