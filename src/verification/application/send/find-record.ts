import { Injectable } from '@nestjs/common';
import { ReadDeliveries } from '../../../delivery/application/read-deliveries.js';
import { isSent, type Channel } from '../../../shared/channel.js';
import type { Recipients } from '../../../shared/recipient.js';
import type { Requester } from '../../../shared/requester.js';
import { notFound } from '../../../shared/refusals.js';
import { wordingOf, type Wording } from '../../domain/message-text.js';
import { endedAs } from '../../domain/refusals.js';
import { Ledger, type VerificationRecord } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { RecipientVault, type SealedDetails } from '../ports.js';

export interface LiveRecord {
  record: VerificationRecord;
  to: Recipients;
  /** Who started it. */
  requester: Requester;
  wording: Wording;
  /** The one that was sent over last, else the first that could be; null where the plan has factors alone. */
  lastChannel: Channel | null;
}

/** A verification that can still be acted on. */
@Injectable()
export class FindRecord {
  constructor(
    private readonly ledger: Ledger,
    private readonly verifications: Verifications,
    private readonly vault: RecipientVault,
    private readonly deliveries: ReadDeliveries,
  ) {}

  /** @throws 404 for an unknown or another application's id, or what the verification ended as. */
  async live(applicationId: string, id: string): Promise<LiveRecord> {
    const [record, hot] = await Promise.all([this.ledger.find(applicationId, id), this.verifications.peek(id)]);
    if (!record) throw notFound('verification');
    if (record.status !== 'pending') throw endedAs(record.status);
    if (hot?.state.attemptsLeft === 0) throw endedAs('failed');
    const details: SealedDetails = record.sealed === null ? { to: {} } : this.vault.open(id, record.sealed);
    const { to, requester = {} } = details;
    const wording = wordingOf(details, record);
    const last = (await this.deliveries.of(id)).at(-1);
    return { record, to, requester, wording, lastChannel: last?.channel ?? record.channels.find(isSent) ?? null };
  }
}
