import pg from 'pg';

/** Days that a verification's rows are kept, that what is personal in them is, and that its idempotency key is. */
const KEPT = { days: 30, personalDays: 7, keyDays: 1 };

/** Rows of a login, on average, over all five tables. */
const ROWS_PER_LOGIN = 6.66;

/** Ids as random as real ones, so that indexes are as scattered, and derived from a number, so that tables need no join. */
const id = (prefix: string, number: string) =>
  `'${prefix}_' || substr(translate(encode(sha256(('${prefix}' || (${number}))::bytea), 'base64'), '+/=', '-_'), 1, 22)`;
const ver = id('ver', 'n');
const dlv = id('dlv', 'n * 10 + step');
const att = id('att', 'n * 100 + step * 10 + number');

/** In the order in which they were written: the oldest login first, $1 of them over the days that are kept. */
const LOGINS = `(SELECT n, now() - interval '${String(KEPT.days)} days' * (1 - n / $1::float8) AS at,
  n % 100 AS kind FROM generate_series(1, $1::int) n) logins`;
/** One in eight has a second channel: 15 of 100 texts fail or stay unconfirmed, and most people have another address. */
const STEPS = `${LOGINS} JOIN generate_series(0, 1) step ON step = 0 OR kind < 13`;
/** One in fifty is tried at a second provider. */
const ATTEMPTS = `${STEPS} JOIN generate_series(1, 2) number ON number = 1 OR (n / 100) % 50 = 0`;
const FAILED = `step = 0 AND kind < 13`;

const FILL = [
  `INSERT INTO verifications (id, application_id, status, channels, locale, sealed, phone_index, country, context_digest, code_length,
     max_attempts, failed_checks, step, sends, max_sends, report_timeout_seconds, resend_at, expires_at, metadata,
     idempotency_key, idempotency_fingerprint, approved_channel, token_id, created_at, ended_at)
   SELECT ${ver}, $2, CASE WHEN kind < 88 THEN 'approved' WHEN kind < 98 THEN 'expired' ELSE 'failed' END,
     '{sms,voice,email}', 'en', CASE WHEN personal THEN 'bench.' || repeat(md5(n::text), 6) END,
     CASE WHEN personal THEN sha256((n % ($1::int / 4))::text::bytea) END, 'DE', md5(n::text), 6, 5, kind % 2,
     CASE WHEN kind < 13 THEN 1 ELSE 0 END, CASE WHEN kind < 13 THEN 2 ELSE 1 END, 5, 60, at + interval '30 s', at + interval '300 s',
     '{}', CASE WHEN keyed THEN md5('key' || n) END, CASE WHEN keyed THEN md5(n::text) END,
     CASE WHEN kind < 88 THEN 'sms' END, CASE WHEN kind < 88 THEN md5('token' || n) END, at, at + interval '20 s'
   FROM (SELECT *, at > now() - interval '${String(KEPT.personalDays)} days' AS personal,
     at > now() - interval '${String(KEPT.keyDays)} days' AS keyed FROM ${LOGINS}) logins`,

  `INSERT INTO deliveries (id, message_id, application_id, step, channel, origin, reason, country, status, cause, attempts, attempt_id,
     report_timeout_seconds, expires_at, created_at, sent_at, ended_at)
   SELECT ${dlv}, ${ver}, $2, step, CASE step WHEN 0 THEN 'sms' ELSE 'voice' END, CASE step WHEN 0 THEN 'start' ELSE 'fallback' END,
     CASE step WHEN 0 THEN 'first channel of the plan' ELSE 'sms failed: other' END, 'DE',
     CASE WHEN ${FAILED} THEN 'failed' ELSE 'delivered' END, CASE WHEN ${FAILED} THEN 'other' END, 1,
     ${id('att', 'n * 100 + step * 10 + 1')}, 60, at + interval '300 s', at, at, at + interval '5 s'
   FROM ${STEPS} WHERE $2::text IS NOT NULL`,

  `INSERT INTO send_attempts (id, delivery_id, number, provider_id, status, detail, provider_message_id, created_at, ended_at)
   SELECT ${att}, ${dlv}, number, 'gateway', 'accepted', 'accepted', CASE WHEN kind % 2 = 0 THEN md5((n * 100 + step * 10 + number)::text) END,
     at, at FROM ${ATTEMPTS} WHERE $2::text IS NOT NULL`,

  `INSERT INTO reports (provider_id, attempt_id, status, cause, detail, effect, received_at)
   SELECT 'gateway', ${att}, CASE WHEN nth = 1 THEN 'underway' WHEN ${FAILED} THEN 'failed' ELSE 'delivered' END,
     CASE WHEN nth = 2 AND ${FAILED} THEN 'other' END, CASE nth WHEN 1 THEN 'ACCEPTD' ELSE 'DELIVRD err:000' END, 'delivered', at + interval '5 s'
   FROM ${ATTEMPTS} JOIN generate_series(1, 2) nth ON nth = 2 OR kind < 30 WHERE $2::text IS NOT NULL`,

  `INSERT INTO events (application_id, verification_id, type, payload, created_at)
   SELECT $2, ${ver}, CASE nth WHEN 1 THEN 'verification.started' ELSE 'verification.approved' END, '{"channel": "sms"}',
     at + nth * interval '10 s'
   FROM ${LOGINS}, generate_series(1, 2) nth`,
];

/**
 * Writes what logins of the last thirty days leave behind, in the proportions of a service whose texts mostly arrive.
 *
 * @param rows over all tables, about.
 * @returns how many there are in each table then.
 */
export async function fillLedger(
  databaseUrl: string,
  applicationId: string,
  rows: number,
): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const values = [Math.round(rows / ROWS_PER_LOGIN), applicationId];
  await Promise.all(FILL.map((statement) => alone(databaseUrl, statement, values)));
  await client.query('VACUUM ANALYZE');
  const counted: Record<string, number> = {};
  for (const table of ['verifications', 'deliveries', 'send_attempts', 'reports', 'events']) {
    const found = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    counted[table] = found.rows[0]?.n ?? 0;
  }
  await client.end();
  return counted;
}

/** On a connection of its own, so that the tables are filled side by side. */
async function alone(databaseUrl: string, statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}
