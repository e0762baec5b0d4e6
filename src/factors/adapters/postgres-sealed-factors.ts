import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { SealedFactors, type SealedFactor } from '../application/sealed-factors.js';

/** A sealed value starts with its key id and a dot. What rests under a key that is not here can not be opened, so it is not looked at. */
const UNDER = `
  SELECT id, application_id AS "applicationId", secret FROM factors
  WHERE split_part(secret, '.', 1) = ANY ($1) AND id > $2 ORDER BY id LIMIT $3`;

const REPLACE = 'UPDATE factors SET secret = $3 WHERE id = $1 AND secret = $2 RETURNING id';

@Injectable()
export class PostgresSealedFactors extends SealedFactors {
  constructor(private readonly database: Database) {
    super();
  }

  under(kids: string[], { after, limit }: { after: string; limit: number }): Promise<SealedFactor[]> {
    return this.database.query(UNDER, [kids, after, limit]);
  }

  async replace({ id, secret }: SealedFactor, sealed: string): Promise<boolean> {
    return (await this.database.query(REPLACE, [id, secret, sealed])).length > 0;
  }
}
