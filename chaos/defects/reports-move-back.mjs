// I8: the last report wins, whatever was known before.
import { plantInMethod } from '../plant.mjs';

await plantInMethod('delivery/adapters/postgres-reports.js', 'PostgresReports', 'apply', (apply, report, effect) =>
  apply(report, report.status === 'failed' ? { kind: 'failed', cause: 'other' } : effect),
);
