import { PostgresDeliveryHistory } from '../../src/delivery/adapters/postgres-delivery-history.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { PostgresArchive } from '../../src/verification/adapters/postgres-archive.js';
import { processorMsDuring } from '../measure/processor-time.js';
import { spreadOf } from '../measure/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Stage } from '../stage/stage.js';

const BATCH = 500;
const BATCHES = 10;
/** Young enough that there is something to delete. */
const DAYS = 25;

/** The tables that could be partitioned by month: what they weigh, and what it costs to leave them in one piece. */
const PARTITIONABLE = ['send_attempts', 'reports', 'events'];

/** What it costs Postgres to forget an old login, in batches as the housekeeper does, beside dropping a table of the same rows. */
export async function retentionCost(stage: Stage, database: Database): Promise<Figure[]> {
  const [archive, history] = [new PostgresArchive(database), new PostgresDeliveryHistory(database)];
  const pids = { postgres: stage.postgres.pid ?? 0 };
  const costs: number[] = [];
  for (let n = 0; n < BATCHES; n += 1) {
    const { postgres } = await processorMsDuring(pids, async () => {
      const ids = await archive.olderThan(DAYS, BATCH);
      await history.forget(ids);
      await archive.delete(ids);
    });
    costs.push(postgres / BATCH);
  }
  return [
    { row: 'P7', what: 'Postgres to forget one old login', unit: 'ms', value: spreadOf(costs) },
    {
      row: 'P7',
      what: 'dropping a day of attempts, reports, events',
      unit: 'ms',
      value: spreadOf(await dropping(database)),
    },
  ];
}

async function dropping(database: Database): Promise<number[]> {
  const times: number[] = [];
  for (const table of PARTITIONABLE) {
    await database.query(`CREATE TABLE day_of_${table} AS SELECT * FROM ${table} LIMIT 40000`);
    const start = performance.now();
    await database.query(`DROP TABLE day_of_${table}`);
    times.push(performance.now() - start);
  }
  return times;
}
