import { expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { PostgresLedger } from '../../src/verification/adapters/postgres-ledger.js';
import { PostgresSteps } from '../../src/verification/adapters/postgres-steps.js';
import { newVerification } from '../support/new-verification.js';

/** A verification whose first code is a factor's: nothing is sent until the person asks for a message. */
export function unsentStartsContract(database: () => Database): void {
  const deliveriesOf = (id: string) =>
    database().query<{ step: number; channel: string }>(
      'SELECT step, channel FROM deliveries WHERE message_id = $1 ORDER BY step',
      [id],
    );

  it('begins without a delivery, and the first message may be asked for at once', async () => {
    const { id } = await begun();
    expect(await deliveriesOf(id)).toEqual([]);
    expect(await new PostgresSteps(database()).find(id)).toMatchObject({
      channels: ['totp', 'sms'],
      step: 0,
      sends: 0,
      resendInMs: 0,
    });

    const asked = { deliveryId: `dlv_${id}_asked`, channel: 'sms', origin: 'resend', reason: 'test' } as const;
    expect(await new PostgresSteps(database()).advance(id, 0, asked)).toBe(true);
    expect(await deliveriesOf(id)).toEqual([{ step: 1, channel: 'sms' }]);
  });

  it('the pause after its first message is the first one, 30 seconds', async () => {
    const { id } = await begun();
    const steps = new PostgresSteps(database());
    await steps.advance(id, 0, { deliveryId: `dlv_${id}`, channel: 'sms', origin: 'resend', reason: 'test' });
    const { sends, resendInMs = 0 } = (await steps.find(id)) ?? {};
    expect(sends).toBe(1);
    expect(resendInMs).toBeGreaterThan(25_000);
    expect(resendInMs).toBeLessThanOrEqual(30_000);
  });

  async function begun() {
    // By Redis's clock, which may be ahead of Postgres's.
    const ahead = new Date(Date.now() + 5_000);
    const verification = newVerification({ channels: ['totp', 'sms'], deliveryId: null, resendAt: ahead });
    expect(await new PostgresLedger(database()).start(verification)).toBe(true);
    return verification;
  }
}
