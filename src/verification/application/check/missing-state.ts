import { Injectable } from '@nestjs/common';
import { ReadDeliveries } from '../../../delivery/application/read-deliveries.js';
import { isSent } from '../../../shared/channel.js';
import { notFound } from '../../../shared/refusals.js';
import { endedAs, stateLost } from '../../domain/refusals.js';
import type { CheckRequest } from './check-request.js';
import { Ledger } from '../ledger.js';
import { RestoreState } from '../send/restore-state.js';

/** A check found no hot state. The ledger says what that means. */
@Injectable()
export class MissingState {
  constructor(
    private readonly ledger: Ledger,
    private readonly deliveries: ReadDeliveries,
    private readonly restoreState: RestoreState,
  ) {}

  /**
   * Returns when the state could be rebuilt: nothing was sent yet, or what was typed needs nothing that was sent.
   *
   * @throws 404 for an unknown or another application's id; what it ended as; 410 `expired` with reason `state-lost` when codes
   * were sent but their digests are gone (Redis wiped or failed over).
   */
  async recover({ applicationId, id, channel }: CheckRequest): Promise<void> {
    const record = await this.ledger.find(applicationId, id);
    if (!record) throw notFound('verification');
    if (record.status !== 'pending') throw endedAs(record.status);
    const deliveries = await this.deliveries.of(id);
    const codesLost = deliveries.some(({ status }) => status !== 'queued' && status !== 'canceled');
    if (codesLost && (channel === undefined || isSent(channel))) throw stateLost();
    await this.restoreState.restore(record, codesLost);
  }
}
