import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { Owners } from '../application/ports.js';

@Injectable()
export class PostgresOwners extends Owners {
  constructor(private readonly database: Database) {
    super();
  }

  async ids(): Promise<string[]> {
    return (await this.database.query<{ id: string }>('SELECT id FROM applications ORDER BY id')).map(({ id }) => id);
  }
}
