import { expect, it } from 'vitest';
import type { VerificationRecord } from '../ledger.js';
import { RestoreState } from './restore-state.js';

/** What is opened anew for a verification whose state was lost. */
async function restored(over: Partial<VerificationRecord>): Promise<unknown[]> {
  const opened: unknown[] = [];
  const parts = [
    { open: (state: unknown, life: unknown) => Promise.resolve(opened.push(state, life)) },
    { newSettings: () => ({}) },
    { open: () => ({ to: {} }) },
    { recipient: () => '' },
  ] as unknown as ConstructorParameters<typeof RestoreState>;
  const record = { id: 'ver_1', channels: ['sms'], maxAttempts: 5, failedChecks: 0, sealed: 's', ...over };
  await new RestoreState(...parts).restore({ ...record, expiresAt: new Date(90_000) } as VerificationRecord);
  return opened;
}

it('a state that was lost has the attempts that are left, and its end', async () => {
  expect(await restored({ failedChecks: 2 })).toMatchObject([{ id: 'ver_1', attemptsLeft: 3 }, { expiresAt: 90_000 }]);
});

it('a state that was lost accepts codes of the same factors again', async () => {
  const [state] = await restored({ channels: ['backup-code', 'sms', 'totp'] });
  expect(state).toMatchObject({ factorChannels: ['backup-code', 'totp'] });
});
