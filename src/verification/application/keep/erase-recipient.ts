import { Injectable } from '@nestjs/common';
import { ForgetRecords } from './forget-records.js';
import { Archive } from '../ledger.js';
import { oneRecipient } from '../read/one-recipient.js';
import { AuditTrail, RecipientVault, type Actor } from '../ports.js';

const BATCH = 200;

/** Deletes every verification of a recipient, with its deliveries, reports and events (GDPR Art. 17, R90). */
@Injectable()
export class EraseRecipient {
  constructor(
    private readonly archive: Archive,
    private readonly vault: RecipientVault,
    private readonly forgetRecords: ForgetRecords,
    private readonly audit: AuditTrail,
  ) {}

  /** Limits keep counting under a keyed name, which nobody can turn back. @returns how many verifications there were */
  async execute(actor: Actor, to: Parameters<typeof oneRecipient>[0]): Promise<number> {
    const { kind, countedAs } = oneRecipient(to);
    const recipient = { kind, indexes: this.vault.indexes(countedAs) };
    let erased = 0;
    for (;;) {
      const records = await this.archive.ofRecipient(actor.applicationId, recipient, BATCH);
      if (records.length === 0) break;
      await this.forgetRecords.forget(records.map(({ id }) => id));
      erased += records.length;
    }
    await this.audit.append(actor, 'recipient.erased', { verifications: erased });
    return erased;
  }
}
