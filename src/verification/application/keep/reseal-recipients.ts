import { Injectable } from '@nestjs/common';
import { SealedRecipients } from '../ledger.js';
import { RecipientVault, type SealedDetails } from '../ports.js';
import { sealRecipient } from './sealed-recipient.js';

const BATCH = 200;

/** What became of a batch. */
export interface Resealed {
  count: number;
  /** Verifications whose recipient could not be opened; they stay as they are. */
  unreadable: { id: string; error: unknown }[];
}

/** The second half of a key rotation: what rests under older keys is sealed and indexed anew under the newest. */
@Injectable()
export class ResealRecipients {
  constructor(
    private readonly recipients: SealedRecipients,
    private readonly vault: RecipientVault,
  ) {}

  /** One batch. When nothing was resealed and all could be read, the older keys can be dropped. */
  async reseal(): Promise<Resealed> {
    const resealed: Resealed = { count: 0, unreadable: [] };
    const kids = this.vault.olderKids();
    if (kids.length === 0) return resealed;
    for (const { id, sealed } of await this.recipients.under(kids, BATCH)) {
      const opened = this.open(id, sealed);
      if ('error' in opened) resealed.unreadable.push({ id, ...opened });
      else if (await this.recipients.replace(id, sealed, sealRecipient(this.vault, id, opened.details)))
        resealed.count += 1;
    }
    return resealed;
  }

  /** One that can not be opened must not keep the others under a key that is about to go. */
  private open(id: string, sealed: string): { details: SealedDetails } | { error: unknown } {
    try {
      return { details: this.vault.open(id, sealed) };
    } catch (error) {
      return { error };
    }
  }
}
