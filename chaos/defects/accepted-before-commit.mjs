// I5: 202 is answered when the row is on its way to Postgres, not when it is there.
import { setTimeout as sleep } from 'node:timers/promises';
import { plantInMethod } from '../plant.mjs';

await plantInMethod('verification/adapters/postgres-ledger.js', 'PostgresLedger', 'start', (start, verification) => {
  sleep(500)
    .then(() => start(verification))
    .catch(() => undefined);
  return Promise.resolve(true);
});
