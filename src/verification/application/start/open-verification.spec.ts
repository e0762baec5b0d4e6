import { expect, it } from 'vitest';
import type { CodeChannel } from '../../../shared/channel.js';
import type { TenantSettings } from '../ports.js';
import { OpenVerification, type Opening } from './open-verification.js';
import type { ResolvedStart } from './resolve-start.js';

/** The hot state that was opened last. */
let hot: unknown;

const parts = [
  { open: (state: unknown) => Promise.resolve({ now: 0, expiresAt: 300_000, state: (hot = state) }) },
  { newSettings: () => ({}) },
  { seal: () => 'sealed', indexes: () => [] },
  { of: () => 'k.digest' },
  {},
] as unknown as ConstructorParameters<typeof OpenVerification>;
const opening = { id: 'ver_1', deliveryId: 'dlv_1', applicationId: 'app_1', idempotencyKey: null, pauseMs: 0 };

type Timeouts = TenantSettings['policy']['reportTimeoutSeconds'];

/** The row of a start whose application waits for reports so long. */
function opened(reportTimeoutSeconds: Timeouts, over: { channels?: CodeChannel[]; deliveryId?: null } = {}) {
  const policy = { maxAttempts: 5, maxSends: 5, reportTimeoutSeconds };
  const wording = { locale: 'de-AT', template: 'default', purpose: 'login' };
  const { channels = ['email', 'sms'], ...about } = over;
  const resolved = { to: {}, channels, wording, codeLength: 6, ttlMs: 300_000, policy };
  return new OpenVerification(...parts).open(
    { ...opening, ...about } as unknown as Opening,
    resolved as unknown as ResolvedStart,
    {
      to: {},
    },
  );
}

it('a verification waits for reports as its application says, of all channels or of each', async () => {
  expect(await opened(45)).toMatchObject({ reportTimeoutSeconds: 45, reportTimeouts: null });
  const reportTimeouts = { sms: 60, voice: 30, email: 600 };
  expect(await opened(reportTimeouts)).toMatchObject({ reportTimeoutSeconds: 600, reportTimeouts });
});

it('keeps the purpose and the language where they are read without a key', async () => {
  expect(await opened(45)).toMatchObject({ purpose: 'login', locale: 'de-AT' });
});

it('where nothing is sent at first, a message may be asked for at once, and is waited for as its channel says', async () => {
  const timeouts = { sms: 60, voice: 30, email: 600 };
  const row = await opened(timeouts, { channels: ['totp', 'email'], deliveryId: null });
  expect(row).toMatchObject({ deliveryId: null, resendAt: new Date(0), reportTimeoutSeconds: 600 });
  expect(hot).toMatchObject({ factorChannels: ['totp'] });
  expect(await opened(timeouts)).toMatchObject({ resendAt: new Date(30_000) });
});
