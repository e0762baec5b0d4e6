import { Injectable } from '@nestjs/common';
import { Limiter } from '../../../limits/application/limiter.js';
import { oneRecipient } from '../read/one-recipient.js';
import { AuditTrail, RecipientVault, type Actor } from '../ports.js';

/** Lets a recipient try again whose failure budget is used up, the 100 in a row of NIST SP 800-63B 3.2.2 included. */
@Injectable()
export class UnlockRecipient {
  constructor(
    private readonly limiter: Limiter,
    private readonly vault: RecipientVault,
    private readonly audit: AuditTrail,
  ) {}

  async execute(actor: Actor & { applicationId: string }, to: Parameters<typeof oneRecipient>[0]): Promise<void> {
    const { countedAs, masked } = oneRecipient(to);
    const recipient = this.vault.limitKey(countedAs);
    await this.limiter.unlock({ applicationId: actor.applicationId, recipient });
    await this.audit.append(actor, 'recipient.unlocked', { recipient: masked });
  }
}
