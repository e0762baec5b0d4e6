import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import { observe, observed } from '../../shared/observations.js';
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
  INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, report_timeout_seconds, expires_at, due_at, price_micros)
  SELECT $3, id, application_id, step, $4::text, $5::text, $6, CASE WHEN $4 = 'email' THEN NULL ELSE country END,
    report_timeout_seconds, expires_at, now(), $7::bigint
  FROM moved RETURNING channel, country`;

const PRICED = 'UPDATE deliveries SET price_micros = $2 WHERE id = $1 RETURNING channel, country';

/** Where a delivery goes; the country is null for e-mail. */
interface Queued {
  channel: Channel;
  country: string | null;
}

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
    const values = [id, fromStep, next.deliveryId, next.channel, next.origin, next.reason, next.priceMicros ?? null];
    const [queued] = await this.database.query<Queued>(ADVANCE, values);
    if (queued) tellSpend(queued, next.priceMicros ?? 0);
    return queued !== undefined;
  }

  async priced(deliveryId: string, micros: Micros): Promise<void> {
    const [queued] = await this.database.query<Queued>(PRICED, [deliveryId, micros]);
    if (queued) tellSpend(queued, micros);
  }
}

function tellSpend({ channel, country }: Queued, micros: Micros): void {
  if (observed()) observe({ kind: 'spend-counted', channel, country, micros });
}
