import { Injectable } from '@nestjs/common';
import { Archive } from '../ledger.js';
import { oneRecipient } from './one-recipient.js';
import { RecipientVault } from '../ports.js';
import { ReadVerification, type VerificationHistory } from './read-verification.js';

const EXPORTED = 1_000;

/** Everything held about a recipient (GDPR Art. 15, R90). */
@Injectable()
export class ExportRecipient {
  constructor(
    private readonly archive: Archive,
    private readonly vault: RecipientVault,
    private readonly readVerification: ReadVerification,
  ) {}

  /** @param applicationId null for an operator: every application. Newest first, at most 1,000. */
  async execute(applicationId: string | null, to: Parameters<typeof oneRecipient>[0]): Promise<VerificationHistory[]> {
    const { kind, countedAs } = oneRecipient(to);
    const recipient = { kind, indexes: this.vault.indexes(countedAs) };
    const records = await this.archive.ofRecipient(applicationId, recipient, EXPORTED);
    return Promise.all(records.map((record) => this.readVerification.historyOf(record)));
  }
}
