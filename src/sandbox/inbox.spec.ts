import { describe, expect, it } from 'vitest';
import { Inbox, type InboxMessage } from './inbox.js';

const message = (number: number, to = '+4915031200001'): InboxMessage => ({
  id: `att_${String(number)}`,
  verificationId: `ver_${String(number % 2)}`,
  channel: 'sms',
  to,
  text: '012345 is your code.',
  outcome: 'delivered',
  at: '2026-01-01T00:00:00.000Z',
});

function inboxOf(...messages: InboxMessage[]): Inbox {
  const inbox = new Inbox();
  for (const each of messages) inbox.add(each);
  return inbox;
}

const ids = (messages: InboxMessage[]) => messages.map(({ id }) => id);

describe('Inbox', () => {
  it('lists newest last', () => {
    expect(ids(inboxOf(message(1), message(2)).list())).toEqual(['att_1', 'att_2']);
  });

  it('narrows by verification, recipient and what was seen already', () => {
    const inbox = inboxOf(message(1), message(2, '+4915031200002'), message(3), message(4));
    expect(ids(inbox.list({ verificationId: 'ver_1' }))).toEqual(['att_1', 'att_3']);
    expect(ids(inbox.list({ to: '+4915031200002' }))).toEqual(['att_2']);
    expect(ids(inbox.list({ after: 'att_2' }))).toEqual(['att_3', 'att_4']);
    expect(ids(inbox.list({ after: 'att_2', verificationId: 'ver_1' }))).toEqual(['att_3']);
    expect(inbox.list({ after: 'att_4' })).toEqual([]);
  });

  it('lists everything after a message it no longer has', () => {
    expect(ids(inboxOf(message(1), message(2)).list({ after: 'att_gone' }))).toEqual(['att_1', 'att_2']);
  });

  it('keeps the last 10,000', () => {
    const inbox = inboxOf(...Array.from({ length: 10_002 }, (_, index) => message(index)));
    expect(inbox.list()).toHaveLength(10_000);
    expect(inbox.list()[0]?.id).toBe('att_2');
  });
});
