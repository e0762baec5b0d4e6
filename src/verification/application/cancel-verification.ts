import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import { reached } from '../../shared/steps.js';
import { endedAs } from '../domain/refusals.js';
import { Endings, Ledger } from './ledger.js';
import { Verifications } from './hot-state.js';

/** Ends a verification on the application's word. Afterwards nothing is sent and no code is right. */
@Injectable()
export class CancelVerification {
  constructor(
    private readonly ledger: Ledger,
    private readonly endings: Endings,
    private readonly verifications: Verifications,
  ) {}

  /** Canceling twice is fine. @throws 404, or what the verification ended as. */
  async execute(applicationId: string, id: string): Promise<void> {
    const record = await this.ledger.find(applicationId, id);
    if (!record) throw notFound('verification');
    const canceled = record.status === 'pending' && (await this.endings.end(id, 'canceled'));
    reached('cancel:committed');
    const status = canceled ? 'canceled' : ((await this.ledger.find(applicationId, id))?.status ?? 'canceled');
    if (status !== 'canceled') throw endedAs(status === 'pending' ? 'expired' : status);
    // The ledger has decided; a hot state that can not be closed now is refused by it at every check.
    await this.verifications.end(id, 'canceled').catch(() => undefined);
  }
}
