import { openEmbeddedDatabase, openTestDatabase } from '../support/postgres.js';
import { ledgerContract } from './ledger.contract.js';

ledgerContract('Postgres', openTestDatabase);
ledgerContract('the embedded Postgres', openEmbeddedDatabase);
