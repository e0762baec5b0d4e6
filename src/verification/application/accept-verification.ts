import { Injectable } from '@nestjs/common';
import { Nudge } from '../../delivery/application/ports.js';
import { reached } from '../../shared/steps.js';
import { Ledger, type NewVerification } from './ledger.js';
import { Verifications } from './ports.js';

/** The commit that makes an accepted verification: after it the code will be sent, whatever happens to this process. */
@Injectable()
export class AcceptVerification {
  constructor(
    private readonly ledger: Ledger,
    private readonly verifications: Verifications,
    private readonly nudge: Nudge,
  ) {}

  /** False when the idempotency key was used before: nothing was written, and the state just opened is closed again. */
  async accept(verification: NewVerification): Promise<boolean> {
    reached('start:state-opened');
    const accepted = await this.ledger.start(verification);
    if (accepted) {
      reached('start:committed');
      this.nudge.nudge();
    } else {
      await this.verifications.end(verification.id, 'canceled');
    }
    return accepted;
  }
}
