import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import type { Told } from '../../test/support/webhook-receiver.js';
import { signatureOf } from './signature.js';

const [secret, others] = ['s', 'o'].map((letter) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`);
const body = '{"type":"webhook.test"}';

function told({ by = secret ?? '', at = new Date() } = {}): Told {
  const signature = new Webhook(by).sign('evt_1', at, body);
  const stamp = { 'webhook-id': 'evt_1', 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)) };
  return { path: '/', headers: { ...stamp, 'webhook-signature': signature }, body, event: JSON.parse(body) as never };
}

test('I13 a message is as good as the reference verifier says', () => {
  const unsigned = { ...told().headers, 'webhook-signature': undefined };
  expect(signatureOf(told(), secret)).toBe('good');
  expect(signatureOf({ ...told(), body: `${body} ` }, secret)).toBe('forged');
  expect(signatureOf(told({ by: others }), secret)).toBe('forged');
  expect(signatureOf({ ...told(), headers: unsigned }, secret)).toBe('forged');
  expect(signatureOf(told(), undefined)).toBe('forged');
});

test('one of a node whose clock jumped is not taken, and is no forgery', () => {
  for (const jumpMs of [600_000, -3_600_000])
    expect(signatureOf(told({ at: new Date(Date.now() + jumpMs) }), secret)).toBe('stale');
});
