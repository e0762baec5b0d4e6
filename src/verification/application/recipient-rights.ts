import { Injectable } from '@nestjs/common';
import { countedAs } from '../../shared/recipient.js';
import { invalidRequest } from '../../shared/refusals.js';
import { ForgetRecords } from './forget-records.js';
import { Archive, type SearchQuery } from './ledger.js';
import { RecipientVault } from './ports.js';
import { readRecipients } from './read-recipients.js';
import { ReadVerification, type VerificationHistory } from './read-verification.js';

const BATCH = 200;
const EXPORTED = 1_000;

type To = Parameters<typeof readRecipients>[0];

/** What a person may ask for: all we hold about a recipient, and to be forgotten (GDPR Art. 15 and 17, R90). */
@Injectable()
export class RecipientRights {
  constructor(
    private readonly archive: Archive,
    private readonly vault: RecipientVault,
    private readonly readVerification: ReadVerification,
    private readonly forgetRecords: ForgetRecords,
  ) {}

  /** @param applicationId null for an operator: every application. Newest first, at most 1,000. */
  async export(applicationId: string | null, to: To): Promise<VerificationHistory[]> {
    const records = await this.archive.ofRecipient(applicationId, this.indexed(to), EXPORTED);
    return Promise.all(records.map((record) => this.readVerification.historyOf(record)));
  }

  /** Deletes every verification of the recipient. @returns how many there were */
  async erase(applicationId: string | null, to: To): Promise<number> {
    const recipient = this.indexed(to);
    let erased = 0;
    for (;;) {
      const records = await this.archive.ofRecipient(applicationId, recipient, BATCH);
      if (records.length === 0) return erased;
      await this.forgetRecords.forget(records.map(({ id }) => id));
      erased += records.length;
    }
  }

  /** Exactly one address: two would leave open whether both or either is meant. */
  private indexed(to: To): NonNullable<SearchQuery['recipient']> {
    const { phone, email } = readRecipients(to);
    const recipient = phone ?? email;
    if (!recipient || (phone && email)) throw invalidRequest('to: name either a phone or an email.');
    return { kind: recipient.kind, indexes: this.vault.indexes(countedAs(recipient)) };
  }
}
