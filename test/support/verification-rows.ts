import type { Database } from '../../src/platform/postgres/database.js';

export interface VerificationRow {
  id: string;
  applicationId: string;
  status: 'approved' | 'expired' | 'pending';
  country?: string;
  at?: Date;
}

const INSERT = `
  INSERT INTO verifications (id, application_id, status, channels, locale, context_digest, code_length, max_attempts, max_sends,
    report_timeout_seconds, resend_at, expires_at, created_at, ended_at, approved_channel, country)
  SELECT r.id, r.application_id, r.status, '{sms,voice}', 'en', '', 6, 5, 5, 60, r.at, r.at + interval '5 minutes', r.at,
    CASE WHEN r.status = 'pending' THEN NULL ELSE r.at + interval '30 seconds' END,
    CASE WHEN r.status = 'approved' THEN 'sms' END, r.country
  FROM jsonb_to_recordset($1::jsonb) AS r (id text, application_id text, status text, at timestamptz, country text)`;

/** Verifications as the ledger would have them, for tests of what is read from it. */
export async function insertVerifications(database: Database, rows: VerificationRow[]): Promise<void> {
  const written = rows.map(({ id, applicationId, status, country, at = new Date() }) => ({
    ...{ id, application_id: applicationId, status, at, country },
  }));
  await database.query(INSERT, [JSON.stringify(written)]);
}
