import type { Database } from '../../src/platform/postgres/database.js';
import { backupCodesContract } from './backup-codes.contract.js';
import { consumedTokensContract } from './consumed-tokens.contract.js';
import { enrolmentsContract } from './enrolments.contract.js';
import { factorCodesContract } from './factor-codes.contract.js';
import { reportTimeoutsContract } from './report-timeouts.contract.js';
import { unsentStartsContract } from './unsent-starts.contract.js';

/** What else rests in the ledger: each part has a contract of its own. */
export function ledgerPartsContract(database: () => Database): void {
  consumedTokensContract(database);
  reportTimeoutsContract(database);
  unsentStartsContract(database);
  factorCodesContract(database);
  backupCodesContract(database);
  enrolmentsContract(database);
}
