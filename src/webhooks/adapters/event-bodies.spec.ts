import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../events/event-body.js';
import { ToldVerifications, type ToldVerification } from '../../events/told-verification.js';
import { EventBodies, MOST_BODY_BYTES } from './event-bodies.js';

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

it('R87 a body stays below 20 KB, whatever the event holds', async () => {
  const bodies = new EventBodies(new OneKnown());
  const [large] = await bodies.of([{ ...event, payload: { note: 'ä'.repeat(MOST_BODY_BYTES / 2) } }]);
  expect(dataOf(large)).toEqual({ ...ids, truncated: true });
  const [fits = ''] = await bodies.of([{ ...event, payload: { note: 'x'.repeat(19_500) } }]);
  expect(fits.length).toBeGreaterThan(19_500);
});
