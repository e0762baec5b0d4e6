import { expect, test } from 'vitest';
import { startSchema } from '../verification/http/start.schema.js';
import { eventBody } from './event-body.js';
import { EVENT_SCHEMAS } from './event-schemas.js';

const createdAt = new Date('2026-11-23T12:00:00.123Z');

test('an event about traffic is of its application and of no verification', () => {
  const event = {
    applicationId: 'app_1',
    verificationId: null,
    sequence: null,
    type: 'fraud.cleared',
    createdAt,
  } as const;
  expect(eventBody({ ...event, payload: { detector: 'conversion-country', place: 'DE' } }, null)).toEqual({
    ...{ type: 'fraud.cleared', timestamp: '2026-11-23T12:00:00.123Z' },
    data: { applicationId: 'app_1', detector: 'conversion-country', place: 'DE' },
  });
});

test('R87 stays below 20 KB with the longest that a start may say, three bytes a character', () => {
  const names = Array.from({ length: 20 }, (_, n) => `k${String(n)}`.padEnd(40, 'x'));
  const said = startSchema.parse({
    to: { phone: '+4915112345678', email: 'ada@example.org' },
    subject: '語'.repeat(200),
    purpose: '語'.repeat(64),
    metadata: Object.fromEntries(names.map((name) => [name, '語'.repeat(200)])),
  });
  const { subject = null, purpose = null, metadata = {} } = said;
  const to = { phone: '+49151•••••78', email: `a•••@${'x'.repeat(250)}` };
  const after = { deliveryId: `dlv_${'A'.repeat(22)}`, channel: 'voice', status: 'failed', cause: 'unknown-number' };
  const event = {
    ...{ applicationId: `app_${'A'.repeat(22)}`, verificationId: `ver_${'A'.repeat(22)}`, sequence: 99_999 },
    ...({ type: 'delivery.fallback', createdAt } as const),
    payload: { deliveryId: after.deliveryId, channel: 'email', country: null, reason: 'x'.repeat(2_000), after },
  };

  const body = eventBody(event, { purpose, subject, metadata, to });
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(20_000);
  expect(EVENT_SCHEMAS['delivery.fallback'].safeParse(body).error).toBeUndefined();
});
