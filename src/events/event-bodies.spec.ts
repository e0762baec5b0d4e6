import { expect, it } from 'vitest';
import { EventBodies } from './event-bodies.js';
import type { RecordedEvent } from './event-body.js';
import { ToldVerifications, type ToldVerification } from './told-verification.js';

const verification = { purpose: 'login', subject: 'user-1', metadata: {}, to: { phone: '+49151•••••78' } };

class OneKnown extends ToldVerifications {
  readonly asked: string[][] = [];
  of(ids: string[]): Promise<Map<string, ToldVerification>> {
    this.asked.push(ids);
    return Promise.resolve(new Map([['ver_1', verification]]));
  }
}

const ids = { applicationId: 'app_1', verificationId: 'ver_1', sequence: 3 };
const event: RecordedEvent = {
  ...{ ...ids, type: 'verification.approved', payload: { channel: 'sms' } },
  createdAt: new Date('2026-11-23T12:00:00.123Z'),
};
const dataOf = (body = '') => (JSON.parse(body) as { data: unknown }).data;

it('R82 a body has the form of Standard Webhooks, with what is known of the verification when it is sent', async () => {
  const known = new OneKnown();
  const [body = '', forgotten] = await new EventBodies(known).of([event, { ...event, verificationId: 'ver_2' }]);
  expect(JSON.parse(body)).toEqual({
    ...{ type: 'verification.approved', timestamp: '2026-11-23T12:00:00.123Z' },
    data: { ...ids, channel: 'sms', verification },
  });
  const erased = { purpose: null, subject: null, metadata: {}, to: {} };
  expect(dataOf(forgotten)).toEqual({ ...ids, verificationId: 'ver_2', channel: 'sms', verification: erased });
  expect(known.asked).toEqual([['ver_1', 'ver_2']]);
});

it('nobody is looked up for events about traffic', async () => {
  const known = new OneKnown();
  const traffic: RecordedEvent = { ...event, type: 'limit.tripped', verificationId: null, sequence: null };
  expect(dataOf((await new EventBodies(known).of([traffic]))[0])).toEqual({ applicationId: 'app_1', channel: 'sms' });
  expect(known.asked).toEqual([]);
});
