import { Injectable } from '@nestjs/common';
import { FindFactors } from '../../../factors/application/find-factors.js';
import type { Factor } from '../../../factors/domain/factor.js';
import { isSent } from '../../../shared/channel.js';
import { notFound } from '../../../shared/refusals.js';
import { Ledger } from '../ledger.js';

/** What a check needs to know of its factor. */
export type CheckedFactor = Pick<Factor, 'subject' | 'channel' | 'totp'>;

/** The factor whose code is checked; of a check that is asked again, also one that is gone since: it is answered the same. */
@Injectable()
export class FindCheckedFactor {
  constructor(
    private readonly findFactors: FindFactors,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Of one that is gone, what the verification says that the key began; whether that was of this factor is told by its fingerprint.
   *
   * @throws 404 for a factor that is not there, is another's or is not active, with no earlier check of its subject
   */
  async find(applicationId: string, factorId: string, idempotencyKey: string | null): Promise<CheckedFactor> {
    const factor = await this.findFactors.find(applicationId, factorId);
    if (factor?.status === 'active') return factor;
    const earlier =
      idempotencyKey === null ? null : await this.ledger.findByIdempotencyKey(applicationId, idempotencyKey);
    const channel = earlier?.channels[0];
    if (!earlier?.subject || channel === undefined || isSent(channel)) throw notFound('factor');
    return { subject: earlier.subject, channel, totp: null };
  }
}
