import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { FactorLedger } from '../application/factor-ledger.js';
import type { Factor } from '../domain/factor.js';
import { COLUMNS, factorOf, type FactorRow } from './factor-row.js';

const ACTIVE_OF = `
  SELECT ${COLUMNS} FROM factors WHERE application_id = $1 AND subject = $2 AND status = 'active' ORDER BY created_at, id`;

const FIND = `SELECT ${COLUMNS} FROM factors WHERE application_id = $1 AND id = $2`;

@Injectable()
export class PostgresFactorLedger extends FactorLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async activeOf(applicationId: string, subject: string): Promise<Factor[]> {
    return (await this.database.query<FactorRow>(ACTIVE_OF, [applicationId, subject])).map(factorOf);
  }

  async find(applicationId: string, id: string): Promise<Factor | null> {
    const [row] = await this.database.query<FactorRow>(FIND, [applicationId, id]);
    return row ? factorOf(row) : null;
  }
}
