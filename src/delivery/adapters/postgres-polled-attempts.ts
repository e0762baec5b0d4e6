import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { PolledAttempts, type PolledAttempt } from '../application/ledger.js';

/** What still waits for a report is due at its timeout: the index of what is due finds it. */
const CLAIM = `
  WITH waiting AS (
    SELECT a.id FROM deliveries d JOIN send_attempts a ON a.id = d.attempt_id
    WHERE d.status = 'sent' AND d.due_at > now() AND a.provider_id = $1
      AND a.status = 'accepted' AND a.provider_message_id IS NOT NULL
      AND coalesce(a.polled_at, a.ended_at) <= now() - $2 * interval '1 second'
    ORDER BY coalesce(a.polled_at, a.ended_at) LIMIT $3 FOR UPDATE OF a SKIP LOCKED)
  UPDATE send_attempts a SET polled_at = now() FROM waiting WHERE a.id = waiting.id
  RETURNING a.id AS "attemptId", a.provider_message_id AS "providerMessageId"`;

/** The `send_attempts` table as the list of whom to ask about: `polled_at` says when that was last done, by whichever process. */
@Injectable()
export class PostgresPolledAttempts extends PolledAttempts {
  constructor(private readonly database: Database) {
    super();
  }

  claim(of: { providerId: string; everySeconds: number; limit: number }): Promise<PolledAttempt[]> {
    return this.database.query<PolledAttempt>(CLAIM, [of.providerId, of.everySeconds, of.limit]);
  }
}
