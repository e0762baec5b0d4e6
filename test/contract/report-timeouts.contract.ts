import { expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { PostgresLedger } from '../../src/verification/adapters/postgres-ledger.js';
import { PostgresSteps } from '../../src/verification/adapters/postgres-steps.js';
import type { NewVerification } from '../../src/verification/application/ledger.js';
import { newVerification } from '../support/new-verification.js';

/** How long each delivery of a verification waits for its report: the first one, and the one that follows it. */
export function reportTimeoutsContract(database: () => Database): void {
  it.each([
    [{ reportTimeoutSeconds: 45 }, [45, 45]],
    [{ reportTimeoutSeconds: 45, reportTimeouts: { sms: 45, voice: 30, email: 600 } }, [45, 600]],
  ])(
    'waits for reports as was said of the channel, else as of all: %j',
    async (said: Partial<NewVerification>, waits) => {
      const verification = newVerification({ ...said, channels: ['sms', 'email'] });
      const { id } = verification;
      const next = { deliveryId: `dlv_${id}_next`, channel: 'email', origin: 'fallback', reason: 'test' } as const;
      expect(await new PostgresLedger(database()).start(verification)).toBe(true);
      expect(await new PostgresSteps(database()).advance(id, 0, next)).toBe(true);
      const sql = 'SELECT report_timeout_seconds AS seconds FROM deliveries WHERE message_id = $1 ORDER BY step';
      expect((await database().query<{ seconds: number }>(sql, [id])).map(({ seconds }) => seconds)).toEqual(waits);
    },
  );
}
