import { PostgresDeliveryHistory } from '../../src/delivery/adapters/postgres-delivery-history.js';
import { PostgresDueDeliveries } from '../../src/delivery/adapters/postgres-due-deliveries.js';
import { PostgresArchive } from '../../src/verification/adapters/postgres-archive.js';
import { PostgresEndings } from '../../src/verification/adapters/postgres-endings.js';
import { PostgresSealedRecipients } from '../../src/verification/adapters/postgres-sealed-recipients.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';

const TIMES = 7;

/** Statements that time or an operator asks for, each when there is nothing or one page to do: what they cost all day long. */
function statements(database: Database, applicationId: string, messageId: string) {
  const archive = new PostgresArchive(database);
  const history = new PostgresDeliveryHistory(database);
  const page = { status: null, from: null, until: null, limit: 50, cursor: null };
  return {
    'claiming what is due': () => new PostgresDueDeliveries(database, new SystemClock()).claim(32),
    'ending what is overdue': () => new PostgresEndings(database).expireOverdue(500),
    'forgetting idempotency keys': () => archive.forgetIdempotencyKeys(),
    'forgetting recipients': () => archive.forgetRecipients(7),
    'finding what is too old': () => archive.olderThan(30, 500),
    'forgetting stray reports': () => history.forgetStrayReports(30),
    'looking for older seals': () => new PostgresSealedRecipients(database).under(['older'], 200),
    'a timeline': () => history.of(messageId),
    'searching the newest': () => archive.search(applicationId, { ...page, recipient: null }),
    'searching those that failed': () => archive.search(applicationId, { ...page, recipient: null, status: 'failed' }),
    'searching those canceled, of which there are none': () =>
      archive.search(applicationId, { ...page, recipient: null, status: 'canceled' }),
    'searching a recipient': () =>
      archive.search(applicationId, { ...page, recipient: { kind: 'phone', indexes: [Buffer.alloc(32)] } }),
  };
}

/** What the statements beside the hot path cost on a ledger, and which tables they read from end to end. */
export async function upkeepCost(database: Database, applicationId: string): Promise<Figure[]> {
  const [some] = await database.query<{ id: string }>('SELECT id FROM verifications LIMIT 1 OFFSET 1000');
  const figures: Figure[] = [];
  for (const [what, run] of Object.entries(statements(database, applicationId, some?.id ?? ''))) {
    const before = await wholeReads(database);
    const times: number[] = [];
    for (let n = 0; n <= TIMES; n += 1) {
      const start = performance.now();
      await run();
      if (n > 0) times.push(performance.now() - start);
    }
    const read = [...(await wholeReads(database))].filter(([table, reads]) => reads > (before.get(table) ?? 0));
    const note = read.length === 0 ? {} : { note: `${what} reads all of ${read.map(([table]) => table).join(', ')}` };
    figures.push({ row: 'P7', what, unit: 'ms', value: spreadOf(times), ...note });
  }
  return figures;
}

/** Sequential scans by table; a session's own are counted at once when it is asked to. */
async function wholeReads(database: Database): Promise<Map<string, number>> {
  await database.query('SELECT pg_stat_force_next_flush()').catch(() => undefined);
  await database.query('SELECT 1');
  const sql = `SELECT relname AS table, seq_scan::int AS reads FROM pg_stat_user_tables`;
  const rows = await database.query<{ table: string; reads: number }>(sql);
  return new Map(rows.map(({ table, reads }) => [table, reads]));
}
