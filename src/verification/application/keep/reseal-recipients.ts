import { Injectable } from '@nestjs/common';
import { reseal, type Resealed } from '../../../shared/reseal.js';
import { SealedRecipients } from '../ledger.js';
import { RecipientVault } from '../ports.js';
import { sealRecipient } from './sealed-recipient.js';

const BATCH = 200;

/** The second half of a key rotation: what rests under older keys is sealed and indexed anew under the newest. */
@Injectable()
export class ResealRecipients {
  constructor(
    private readonly recipients: SealedRecipients,
    private readonly vault: RecipientVault,
  ) {}

  /** One batch. When nothing was resealed and all could be read, the older keys can be dropped. */
  async reseal(): Promise<Resealed> {
    const kids = this.vault.olderKids();
    if (kids.length === 0) return { count: 0, unreadable: [] };
    return reseal(
      await this.recipients.under(kids, BATCH),
      ({ id, sealed }) => this.vault.open(id, sealed),
      ({ id, sealed }, details) => this.recipients.replace(id, sealed, sealRecipient(this.vault, id, details)),
    );
  }
}
