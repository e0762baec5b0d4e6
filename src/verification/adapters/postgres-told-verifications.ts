import { Injectable } from '@nestjs/common';
import { ToldVerifications, type ToldVerification } from '../../events/told-verification.js';
import { Database } from '../../platform/postgres/database.js';
import { mask } from '../../shared/recipient.js';
import { RecipientVault } from '../application/ports.js';

const FIND = 'SELECT id, purpose, subject, metadata, sealed FROM verifications WHERE id = ANY ($1)';

type Row = Omit<ToldVerification, 'to'> & { id: string; sealed: string | null };

/** What events tell of verifications, read when they are sent. */
@Injectable()
export class PostgresToldVerifications extends ToldVerifications {
  constructor(
    private readonly database: Database,
    private readonly vault: RecipientVault,
  ) {
    super();
  }

  async of(ids: string[]): Promise<Map<string, ToldVerification>> {
    const rows = await this.database.query<Row>(FIND, [ids]);
    return new Map(rows.map(({ id, sealed, ...named }) => [id, { ...named, to: this.masked(id, sealed) }]));
  }

  /** What can not be opened, because its key is gone, is told no more: it keeps no event waiting. */
  private masked(id: string, sealed: string | null): ToldVerification['to'] {
    if (sealed === null) return {};
    try {
      const { phone, email } = this.vault.open(id, sealed).to;
      return { ...(phone && { phone: mask(phone.value) }), ...(email && { email: mask(email.value) }) };
    } catch {
      return {};
    }
  }
}
