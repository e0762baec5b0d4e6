import { expect, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import type { TakenMessage } from '../history/conversations.js';
import { duplicatesBounded } from './duplicates-bounded.js';
import { NOT_EXERCISED } from './verdict-of.js';

const seen = (sample: SampleHistory) => duplicatesBounded(sample.history).violations.map(({ what }) => what);

/** A login whose message had no clear answer, as its attempt says. */
function ambiguous(): SampleHistory {
  const sample = new SampleHistory().login('ver_1');
  for (const message of sample.history.messages) message.answer = 'hung';
  for (const attempt of sample.history.dumps.sendAttempts) attempt.status = 'ambiguous';
  return sample;
}

/** Another attempt for the same delivery, as a row and at the carrier. */
function sentAgain(sample: SampleHistory, over: Partial<TakenMessage> = {}): SampleHistory {
  const { dumps, messages } = sample.history;
  const [attempt, message] = [dumps.sendAttempts[0], messages[0]];
  if (!attempt || !message) throw new Error('there is no first message');
  dumps.sendAttempts.push({ ...attempt, id: 'att_again', number: 2 });
  messages.push({ ...message, attemptId: 'att_again', ...over });
  return sample;
}

test('an ambiguous attempt that is left alone is sound', () => {
  const verdict = duplicatesBounded(ambiguous().history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toBe('0.0 duplicates per 10,000 deliveries; 1 attempts ambiguous, none sent again');
});

test('where nothing was ambiguous there is nothing to say', () => {
  expect(duplicatesBounded(new SampleHistory().login('ver_1').history).figure).toBe(NOT_EXERCISED);
});

test('a second message of one delivery', () => {
  expect(seen(sentAgain(ambiguous()))).toEqual([
    '2 messages of one delivery may arrive: att_ver_1_0 hung, att_again hung',
  ]);
});

test('after a gateway that refused, the next one may be given the message', () => {
  const sample = ambiguous();
  for (const message of sample.history.messages) message.answer = 'server-error';
  expect(seen(sentAgain(sample, { answer: 'accepted' }))).toEqual([]);
});

test('one attempt that the carrier was given twice', () => {
  const sample = sentAgain(ambiguous(), { attemptId: 'att_ver_1_0', answer: 'rejected' });
  expect(seen(sample)).toEqual([
    'the carrier was given one send attempt more than once: att_ver_1_0 hung, att_ver_1_0 rejected',
  ]);
});

test('a message that no attempt accounts for, or one that says it was not sent', () => {
  const unknown = ambiguous();
  unknown.history.dumps.sendAttempts = [];
  expect(seen(unknown)).toEqual(['the carrier has a message without a send attempt: att_ver_1_0 hung']);
  const withdrawn = ambiguous();
  for (const attempt of withdrawn.history.dumps.sendAttempts) attempt.status = 'withdrawn';
  expect(seen(withdrawn)).toEqual([
    'the carrier has a message whose attempt is recorded as withdrawn: att_ver_1_0 hung',
  ]);
});
