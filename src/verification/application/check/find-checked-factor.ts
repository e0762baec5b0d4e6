import { Injectable } from '@nestjs/common';
import { FindFactors } from '../../../factors/application/find-factors.js';
import type { Factor } from '../../../factors/domain/factor.js';
import { isSent } from '../../../shared/channel.js';
import { notFound } from '../../../shared/refusals.js';
import { Ledger } from '../ledger.js';

/** What a check needs to know of its factor. */
export interface CheckedFactor extends Pick<Factor, 'subject' | 'channel' | 'totp'> {
  /** Its idempotency key has begun a verification before. */
  begun: boolean;
}

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
    const [factor, earlier] = await Promise.all([
      this.findFactors.find(applicationId, factorId),
      idempotencyKey === null ? null : this.ledger.findByIdempotencyKey(applicationId, idempotencyKey),
    ]);
    if (factor?.status === 'active') return { ...factor, begun: earlier !== null };
    const channel = earlier?.channels[0];
    if (!earlier?.subject || channel === undefined || isSent(channel)) throw notFound('factor');
    return { subject: earlier.subject, channel, totp: null, begun: true };
  }
}
