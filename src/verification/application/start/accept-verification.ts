import { Injectable } from '@nestjs/common';
import { Nudge } from '../../../delivery/application/ports.js';
import { reached } from '../../../shared/steps.js';
import { Ledger, type NewVerification } from '../ledger.js';
import { Verifications } from '../hot-state.js';

/** The commit that makes an accepted verification: after it the code will be sent, whatever happens to this process. */
@Injectable()
export class AcceptVerification {
  constructor(
    private readonly ledger: Ledger,
    private readonly verifications: Verifications,
    private readonly nudge: Nudge,
  ) {}

  /**
   * False where {@link Ledger.start} is: nothing was written, and the state just opened is closed again.
   * @throws what it throws; where that is `Unanswered`, it may be sent all the same.
   */
  async accept(verification: NewVerification): Promise<boolean> {
    reached('start:state-opened');
    const accepted = await this.commit(verification);
    if (accepted) {
      reached('start:committed');
      if (verification.deliveryId !== null) this.nudge.nudge();
    } else {
      await this.verifications.end(verification.id, 'canceled');
    }
    return accepted;
  }

  /**
   * Without an answer nobody knows whether it committed. The caller is told no, so the state is closed: should it commit after
   * all, a worker that has not sent it yet finds it over. With an idempotency key the caller can ask again, and the state is kept
   * for that.
   */
  private async commit(verification: NewVerification): Promise<boolean> {
    try {
      return await this.ledger.start(verification);
    } catch (error) {
      if (verification.idempotencyKey === null) {
        await this.verifications.end(verification.id, 'canceled').catch(() => undefined);
      }
      throw error;
    }
  }
}
