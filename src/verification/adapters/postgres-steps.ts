import { Injectable } from '@nestjs/common';
import { isListenedTo, tellVerification } from '../../events/event-sql.js';
import { Database } from '../../platform/postgres/database.js';
import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import { observe, observed } from '../../shared/observations.js';
import { Steps, type StepRequest, type VerificationRecord } from '../application/ledger.js';
import { cooldownSeconds } from '../domain/verification.js';
import { COLUMNS, first, type VerificationRow } from './verification-row.js';

/** Cooldowns after 1, 2, 3, … sends, as an SQL array. */
const COOLDOWNS = `(ARRAY[${[1, 2, 3, 4, 5].map(cooldownSeconds).join(', ')}])`;

/** A resend is no news to whoever asked for it. */
const IS_TOLD = `($5::text = 'fallback' AND ${isListenedTo('v.application_id', "'delivery.fallback'")})`;

/** Which step this one is instead of, and what became of that. */
const FALLBACK = `(
    SELECT jsonb_build_object('deliveryId', $3::text, 'channel', $4::text, 'country', next_country, 'reason', $6::text,
      'after', jsonb_build_object('deliveryId', d.id, 'channel', d.channel, 'status', d.status, 'cause', d.cause))
    FROM deliveries d WHERE d.message_id = fallen.id AND d.step = $2)`;

/** Advancing the step and queuing its delivery are one statement: whoever loses the race has changed nothing. */
const ADVANCE = `
  WITH moved AS (
    UPDATE verifications v SET step = step + 1, sends = sends + 1, last_event = last_event + ${IS_TOLD}::int,
      resend_at = greatest(resend_at, now() + ${COOLDOWNS}[least(sends + 1, 5)] * interval '1 second')
    WHERE id = $1 AND step = $2 AND status = 'pending' AND expires_at > now() AND sends < max_sends
      AND ($5::text <> 'resend' OR resend_at <= now())
    RETURNING id, application_id, step, expires_at, last_event, ${IS_TOLD} AS is_told,
      coalesce((report_timeouts->>$4::text)::int, report_timeout_seconds) AS silence_seconds,
      CASE WHEN $4 = 'email' THEN NULL ELSE country END AS next_country
  ), fallen AS (SELECT * FROM moved WHERE is_told),
  ${tellVerification('delivery.fallback', 'fallen', FALLBACK)}
  INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, report_timeout_seconds, expires_at, due_at, price_micros)
  SELECT $3, id, application_id, step, $4::text, $5::text, $6, next_country,
    silence_seconds, expires_at, now(), $7::bigint
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
