import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { SealedRecipients, type SealedRecipient } from '../application/ledger.js';

/** A sealed value starts with its key id and a dot. */
const UNDER = `
  SELECT id, sealed FROM verifications
  WHERE sealed IS NOT NULL AND split_part(sealed, '.', 1) = ANY ($1) ORDER BY created_at LIMIT $2`;

const REPLACE = `
  UPDATE verifications SET sealed = $3, phone_index = $4, email_index = $5 WHERE id = $1 AND sealed = $2
  RETURNING id`;

@Injectable()
export class PostgresSealedRecipients extends SealedRecipients {
  constructor(private readonly database: Database) {
    super();
  }

  under(kids: string[], limit: number): Promise<{ id: string; sealed: string }[]> {
    return this.database.query(UNDER, [kids, limit]);
  }

  async replace(id: string, was: string, { sealed, phoneIndex, emailIndex }: SealedRecipient): Promise<boolean> {
    return (await this.database.query(REPLACE, [id, was, sealed, phoneIndex, emailIndex])).length > 0;
  }
}
