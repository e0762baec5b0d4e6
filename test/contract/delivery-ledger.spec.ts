import { openEmbeddedDatabase, openTestDatabase } from '../support/postgres.js';
import { deliveryLedgerContract } from './delivery-ledger.contract.js';

deliveryLedgerContract('Postgres', openTestDatabase);
deliveryLedgerContract('the embedded Postgres', openEmbeddedDatabase);
