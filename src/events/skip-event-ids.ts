import type { Database } from '../platform/postgres/database.js';

/** Far more than there can have been events since a backup. */
const SKIPPED = 1_000_000_000;

const SKIP = `
  SELECT setval(pg_get_serial_sequence('events', 'id'), nextval(pg_get_serial_sequence('events', 'id')) + $1::bigint)`;

/**
 * In a ledger that was restored from a backup, new events would get the numbers of those that happened after it was made, and
 * receivers, who know an event by its number (`webhook-id`), would pass over them as heard.
 */
export async function skipEventIds(database: Database): Promise<void> {
  await database.query(SKIP, [SKIPPED]);
}
