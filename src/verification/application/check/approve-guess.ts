import { Injectable } from '@nestjs/common';
import { Random } from '../../../shared/random.js';
import { reached } from '../../../shared/steps.js';
import { writeAnswer } from '../../domain/answer.js';
import { idempotencyName } from '../../../shared/idempotency-name.js';
import { ApprovalToken } from './approval-token.js';
import type { CheckOutcome } from './check-request.js';
import { CountOutcome } from './count-outcome.js';
import { Endings, type GivenApproval } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import type { Guess } from './reserve-guess.js';

/** How the right code came, and its digest, which a replay is compared with. */
export type RightGuess = Omit<GivenApproval, 'tokenId'> & { digest: string };

type Approved = Extract<CheckOutcome, { kind: 'approved' }>;

/** A right guess: the ledger decides whether it is the one that approves. */
@Injectable()
export class ApproveGuess {
  constructor(
    private readonly endings: Endings,
    private readonly verifications: Verifications,
    private readonly countOutcome: CountOutcome,
    private readonly approvalToken: ApprovalToken,
    private readonly random: Random,
  ) {}

  /** Null when the verification had ended before. @throws 503 when the ledger gave no answer. */
  async approve(guess: Guess, { channel, factorId, digest }: RightGuess): Promise<Approved | null> {
    const { id } = guess.state;
    // A retry after a lost answer names the same token, so that the ledger knows its own approval again.
    const tokenId = guess.idempotencyKey ? `tok_${idempotencyName(id + guess.idempotencyKey)}` : this.random.id('tok');
    const record = await this.endings.approve(id, { channel, factorId, tokenId });
    if (!record) return null;
    reached('check:approved');
    // The approval stands whatever the hot store says now: if it can not be told, the ledger refuses every further guess.
    await Promise.allSettled([
      this.verifications.end(id, 'approved', { ...guess, answer: writeAnswer({ kind: 'approved', digest }) }),
      this.countOutcome.right(guess, record),
    ]);
    reached('check:settled');
    return this.approvalToken.outcomeOf(record, guess.binding);
  }
}
