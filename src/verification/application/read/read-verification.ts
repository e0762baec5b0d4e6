import { Injectable } from '@nestjs/common';
import { ReadDeliveries, type ReadDelivery } from '../../../delivery/application/read-deliveries.js';
import { ReadDecisions } from '../../../limits/application/read-decisions.js';
import type { LoggedDecision } from '../../../limits/application/decision-log.js';
import type { Recipients } from '../../../shared/recipient.js';
import { notFound } from '../../../shared/refusals.js';
import { Ledger, type VerificationRecord } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { RecipientVault, type SealedDetails } from '../ports.js';

/** A verification with all that happened to it. */
export interface VerificationHistory {
  record: VerificationRecord;
  /** Empty once the recipient was erased. */
  to: Recipients;
  /** The payment that its messages tell, and who asked for it; absent once the recipient was erased. */
  binding: SealedDetails['binding'];
  requester: SealedDetails['requester'];
  attemptsLeft: number;
  deliveries: ReadDelivery[];
  /** What somebody asked for and was refused, as long as decisions are kept. */
  refusals: LoggedDecision[];
}

/** A verification has five sends and ten guesses; what is asked beyond that is refused over and over. */
const MOST_DECISIONS = 100;

/** Everything that is known of a verification, long after its end: what a person on call looks at. */
@Injectable()
export class ReadVerification {
  constructor(
    private readonly ledger: Ledger,
    private readonly deliveries: ReadDeliveries,
    private readonly verifications: Verifications,
    private readonly vault: RecipientVault,
    private readonly decisions: ReadDecisions,
  ) {}

  /** @throws 404 for an unknown or another application's id. */
  async execute(applicationId: string, id: string): Promise<VerificationHistory> {
    const record = await this.ledger.find(applicationId, id);
    if (!record) throw notFound('verification');
    return this.historyOf(record);
  }

  async historyOf(record: VerificationRecord): Promise<VerificationHistory> {
    const deliveries = await this.deliveries.of(record.id);
    const refusals = await this.refusalsOf(record);
    const { to, binding, requester } = this.detailsOf(record);
    return { record, to, binding, requester, attemptsLeft: await this.attemptsLeft(record), deliveries, refusals };
  }

  private detailsOf({ id, sealed }: VerificationRecord): SealedDetails {
    return sealed === null ? { to: {} } : this.vault.open(id, sealed);
  }

  /** A fallback that was refused stands with its delivery already. */
  private async refusalsOf({ applicationId, id }: VerificationRecord): Promise<LoggedDecision[]> {
    const { found } = await this.decisions.execute({ applicationId, verificationId: id, limit: MOST_DECISIONS });
    return found.filter(({ refusedBy, fallback }) => refusedBy.length > 0 && !fallback);
  }

  /** The hot store knows of guesses in flight; without it the ledger's count of wrong ones will do. */
  private async attemptsLeft({ id, status, maxAttempts, failedChecks }: VerificationRecord): Promise<number> {
    if (status !== 'pending') return status === 'failed' ? 0 : maxAttempts - failedChecks;
    const hot = await this.verifications.peek(id).catch(() => null);
    return hot?.state.attemptsLeft ?? maxAttempts - failedChecks;
  }
}
