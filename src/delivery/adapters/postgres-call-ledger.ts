import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { CallLedger, HEARD, type PlacedCall } from '../application/call-ledger.js';

/** That a call was answered is one of its reports, so that nothing else needs to be kept. */
const FIND = `
  SELECT d.id, d.message_id AS "messageId", d.channel, (
    SELECT extract(epoch FROM now() - min(r.received_at))::float8 FROM reports r
    WHERE r.attempt_id = a.id AND r.provider_id = a.provider_id AND r.detail = $3) AS "answeredSecondsAgo"
  FROM send_attempts a JOIN deliveries d ON d.id = a.delivery_id
  WHERE a.id = $2 AND a.provider_id = $1 AND a.status <> 'withdrawn' AND d.channel = 'voice'`;

type Row = PlacedCall['delivery'] & Pick<PlacedCall, 'answeredSecondsAgo'>;

/** Calls as send attempts and their reports tell of them. */
@Injectable()
export class PostgresCallLedger extends CallLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async find(providerId: string, attemptId: string): Promise<PlacedCall | null> {
    const [row] = await this.database.query<Row>(FIND, [providerId, attemptId, HEARD]);
    if (!row) return null;
    const { answeredSecondsAgo, ...delivery } = row;
    return { delivery, answeredSecondsAgo };
  }
}
