import { expect, test } from 'vitest';
import type { ReadDeliveries } from '../../../delivery/application/read-deliveries.js';
import type { CodeChannel } from '../../../shared/channel.js';
import type { Ledger } from '../ledger.js';
import type { RestoreState } from '../send/restore-state.js';
import { MissingState } from './missing-state.js';

/** What becomes of a check whose hot state was lost when a code had been sent. */
async function recovered(channel?: CodeChannel): Promise<string> {
  const restored: string[] = [];
  const ledger = { find: (_: string, id: string) => Promise.resolve({ id, status: 'pending' }) } as unknown as Ledger;
  const deliveries = { of: () => Promise.resolve([{ status: 'sent' }]) } as unknown as ReadDeliveries;
  const restore = ({ id }: { id: string }, codesLost: boolean) =>
    Promise.resolve(restored.push(`${id}${codesLost ? ' without its codes' : ''}`));
  const missing = new MissingState(ledger, deliveries, { restore } as unknown as RestoreState);
  const request = { applicationId: 'app_1', id: 'ver', code: '123456', requester: {} };
  return missing.recover({ ...request, channel }).then(
    () => `restored ${restored.join()}`,
    (error: unknown) => (error as { extras: { reason: string } }).extras.reason,
  );
}

test('I5 a code that was sent is lost with the state it was kept in', async () => {
  expect([await recovered(), await recovered('sms')]).toEqual(['state-lost', 'state-lost']);
});

test('I5 a code of a factor is kept in no state, so that it is still good', async () => {
  expect([await recovered('totp'), await recovered('backup-code')]).toEqual([
    'restored ver without its codes',
    'restored ver without its codes',
  ]);
});
