import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { Steps, type StepRequest, type VerificationRecord } from '../application/ledger.js';
import { cooldownSeconds } from '../domain/verification.js';
import { COLUMNS, first, type VerificationRow } from './verification-row.js';

/** Cooldowns after 1, 2, 3, … sends, as an SQL array. */
const COOLDOWNS = `(ARRAY[${[1, 2, 3, 4, 5].map(cooldownSeconds).join(', ')}])`;

/** Advancing the step and queuing its delivery are one statement: whoever loses the race has changed nothing. */
const ADVANCE = `
  WITH moved AS (
    UPDATE verifications SET step = step + 1, sends = sends + 1,
      resend_at = greatest(resend_at, now() + ${COOLDOWNS}[least(sends + 1, 5)] * interval '1 second')
    WHERE id = $1 AND step = $2 AND status = 'pending' AND expires_at > now() AND sends < max_sends
      AND ($5::text <> 'resend' OR resend_at <= now())
    RETURNING id, application_id, step, country, report_timeout_seconds, expires_at
  )
  INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, report_timeout_seconds, expires_at, due_at)
  SELECT $3, id, application_id, step, $4::text, $5::text, $6, CASE WHEN $4 = 'email' THEN NULL ELSE country END,
    report_timeout_seconds, expires_at, now()
  FROM moved RETURNING id`;

@Injectable()
export class PostgresSteps extends Steps {
  constructor(private readonly database: Database) {
    super();
  }

  async find(id: string): Promise<VerificationRecord | null> {
    return first(
      await this.database.query<VerificationRow>(`SELECT ${COLUMNS} FROM verifications WHERE id = $1`, [id]),
    );
  }

  async advance(id: string, fromStep: number, next: StepRequest): Promise<boolean> {
    const values = [id, fromStep, next.deliveryId, next.channel, next.origin, next.reason];
    return (await this.database.query(ADVANCE, values)).length === 1;
  }
}
