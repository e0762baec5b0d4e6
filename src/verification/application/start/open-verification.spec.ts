import { expect, it } from 'vitest';
import type { TenantSettings } from '../ports.js';
import { OpenVerification, type Opening } from './open-verification.js';
import type { ResolvedStart } from './resolve-start.js';

const parts = [
  { open: () => Promise.resolve({ now: 0, expiresAt: 300_000 }) },
  { newSettings: () => ({}) },
  { seal: () => 'sealed', indexes: () => [] },
  { of: () => 'k.digest' },
  {},
] as unknown as ConstructorParameters<typeof OpenVerification>;
const opening = { id: 'ver_1', deliveryId: 'dlv_1', applicationId: 'app_1', idempotencyKey: null, pauseMs: 0 };

type Timeouts = TenantSettings['policy']['reportTimeoutSeconds'];

/** The row of a start whose application waits for reports so long. */
function opened(reportTimeoutSeconds: Timeouts) {
  const policy = { maxAttempts: 5, maxSends: 5, reportTimeoutSeconds };
  const wording = { locale: 'de-AT', template: 'default', purpose: 'login' };
  const resolved = { to: {}, channels: ['email', 'sms'], wording, codeLength: 6, ttlMs: 300_000, policy };
  return new OpenVerification(...parts).open(opening as unknown as Opening, resolved as unknown as ResolvedStart, {
    to: {},
  });
}

it('a verification waits for reports as its application says, of all channels or of each', async () => {
  expect(await opened(45)).toMatchObject({ reportTimeoutSeconds: 45, reportTimeouts: null });
  const reportTimeouts = { sms: 60, voice: 30, email: 600 };
  expect(await opened(reportTimeouts)).toMatchObject({ reportTimeoutSeconds: 600, reportTimeouts });
});

it('keeps the purpose and the language where they are read without a key', async () => {
  expect(await opened(45)).toMatchObject({ purpose: 'login', locale: 'de-AT' });
});
