import { Injectable } from '@nestjs/common';
import { ReadDeliveries, type ReadDelivery } from '../../../delivery/application/read-deliveries.js';
import type { Recipients } from '../../../shared/recipient.js';
import { notFound } from '../../../shared/refusals.js';
import { Ledger, type VerificationRecord } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { RecipientVault } from '../ports.js';

/** A verification with all that happened to it. */
export interface VerificationHistory {
  record: VerificationRecord;
  /** Empty once the recipient was erased. */
  to: Recipients;
  attemptsLeft: number;
  deliveries: ReadDelivery[];
}

/** Everything that is known of a verification, long after its end: what a person on call looks at. */
@Injectable()
export class ReadVerification {
  constructor(
    private readonly ledger: Ledger,
    private readonly deliveries: ReadDeliveries,
    private readonly verifications: Verifications,
    private readonly vault: RecipientVault,
  ) {}

  /** @throws 404 for an unknown or another application's id. */
  async execute(applicationId: string, id: string): Promise<VerificationHistory> {
    const record = await this.ledger.find(applicationId, id);
    if (!record) throw notFound('verification');
    return this.historyOf(record);
  }

  async historyOf(record: VerificationRecord): Promise<VerificationHistory> {
    const deliveries = await this.deliveries.of(record.id);
    const to = record.sealed === null ? {} : this.vault.open(record.id, record.sealed).to;
    return { record, to, attemptsLeft: await this.attemptsLeft(record), deliveries };
  }

  /** The hot store knows of guesses in flight; without it the ledger's count of wrong ones will do. */
  private async attemptsLeft({ id, status, maxAttempts, failedChecks }: VerificationRecord): Promise<number> {
    if (status !== 'pending') return status === 'failed' ? 0 : maxAttempts - failedChecks;
    const hot = await this.verifications.peek(id).catch(() => null);
    return hot?.state.attemptsLeft ?? maxAttempts - failedChecks;
  }
}
