import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { SealedRecipients, type SealedRecipient } from '../application/ledger.js';

/** A sealed value starts with its key id and a dot. */
const NOT_UNDER = `
  SELECT id, sealed FROM verifications
  WHERE sealed IS NOT NULL AND NOT starts_with(sealed, $1 || '.') ORDER BY created_at LIMIT $2`;

const REPLACE = `
  UPDATE verifications SET sealed = $3, phone_index = $4, email_index = $5 WHERE id = $1 AND sealed = $2`;

@Injectable()
export class PostgresSealedRecipients extends SealedRecipients {
  constructor(private readonly database: Database) {
    super();
  }

  notUnder(kid: string, limit: number): Promise<{ id: string; sealed: string }[]> {
    return this.database.query(NOT_UNDER, [kid, limit]);
  }

  async replace(id: string, was: string, { sealed, phoneIndex, emailIndex }: SealedRecipient): Promise<void> {
    await this.database.query(REPLACE, [id, was, sealed, phoneIndex, emailIndex]);
  }
}
