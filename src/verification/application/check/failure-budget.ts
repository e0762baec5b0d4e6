import { Injectable } from '@nestjs/common';
import { Limiter, type Dimensions, type LimitDecision } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import type { DomainError } from '../../../shared/domain-error.js';
import type { FactorChannel } from '../../../shared/channel.js';
import { CountedAs } from '../counted-as.js';
import type { CheckRequest } from './check-request.js';
import type { Guesser } from './check-allowance.js';
import { guessedAt, guessedFactor, type GuessedFactor } from './guessed-factor.js';
import type { Attempt, HotState } from '../hot-state.js';

/** A guess's place in the failure budget of what it is at; see {@link CountedAs.guess}. */
export interface BudgetPlace {
  /**
   * What the place is taken under. Requests with one idempotency key are one guess and share one place: they may all ask at
   * once without filling the budget against each other.
   */
  name: string;
  /** Whether other requests with its idempotency key may have taken it. */
  shared: boolean;
  verificationId: string;
  /** The factor it is at; absent: a code that was sent. */
  channel?: FactorChannel;
  dimensions: Dimensions;
}

/** How many may guess wrong at a recipient's codes, or at a user's factors, whichever verification they are for: taken before a guess is compared. */
@Injectable()
export class FailureBudget {
  constructor(
    private readonly limiter: Limiter,
    private readonly countedAs: CountedAs,
  ) {}

  placeOf(request: CheckRequest, { reservation, idempotencyKey }: Attempt, state: HotState): BudgetPlace {
    const { id } = request;
    const factor = guessedFactor(request, state);
    return {
      name: idempotencyKey === undefined ? reservation : `${id}.${idempotencyKey}`,
      shared: idempotencyKey !== undefined,
      verificationId: id,
      ...(factor && { channel: factor.channel }),
      dimensions: this.countedAs.guess(request, guessedAt(factor, state)),
    };
  }

  /** Counts the guess as a failure. Idempotent by the place's name. */
  take({ name, shared, verificationId, channel, dimensions }: BudgetPlace): Promise<LimitDecision> {
    const options = { sharedReservation: shared, verificationId, ...(channel && { channel }) };
    return this.limiter.take('failed-check', name, dimensions, options);
  }

  /** Whether a guess at a factor would find a place now, without taking one. @returns why not, or null */
  async look(guesser: Guesser, factor: GuessedFactor): Promise<DomainError | null> {
    const dimensions = this.countedAs.guess(guesser, { factor });
    const decision = await this.limiter.look('failed-check', dimensions, { channel: factor.channel });
    return decision.kind === 'refused' ? refusedByLimits(decision) : null;
  }

  /** Nothing was compared. */
  giveBack({ name, verificationId, dimensions }: BudgetPlace): Promise<void> {
    return this.limiter.refund('failed-check', name, dimensions, { verificationId });
  }

  /** The guess was right: gives its place back and starts the count in a row anew. */
  succeeded({ name, verificationId, dimensions }: BudgetPlace): Promise<void> {
    return this.limiter.succeeded(name, dimensions, { verificationId });
  }
}
