import { Injectable } from '@nestjs/common';
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

  /** One batch; gives how many were resealed. When it gives 0 the older keys can be dropped. */
  async reseal(): Promise<number> {
    const kid = this.vault.rotatingTo();
    if (kid === null) return 0;
    const old = await this.recipients.notUnder(kid, BATCH);
    for (const { id, sealed } of old) {
      await this.recipients.replace(id, sealed, sealRecipient(this.vault, id, this.vault.open(id, sealed)));
    }
    return old.length;
  }
}
