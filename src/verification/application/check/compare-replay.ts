import { Injectable } from '@nestjs/common';
import { Limiter, type Dimensions } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import { Random } from '../../../shared/random.js';
import type { Answer } from '../../domain/answer.js';
import type { HotState } from '../hot-state.js';
import { CodeHasher, type HashPlace } from '../ports.js';
import { codeContext } from '../send/code-context.js';
import { CountedAs } from '../counted-as.js';
import { guessedAt, guessedFactor, guessText } from './guessed-factor.js';
import type { CheckRequest } from './check-request.js';

/** Whether a replayed check submits the code it submitted before. */
@Injectable()
export class CompareReplay {
  constructor(
    private readonly limiter: Limiter,
    private readonly random: Random,
    private readonly hasher: CodeHasher,
    private readonly countedAs: CountedAs,
  ) {}

  /**
   * Telling whether another code is the one that was approved would be an oracle, so such a guess counts in the failure budget
   * like any other, and is not compared any more once that is used up. That another code is not the wrong one tells nothing
   * about the right one: a retry of the guess that used the budget up has its answer.
   *
   * @throws 429 `rate-limited` when the answer was an approval and the budget is used up; nothing is hashed then
   */
  async isSame(request: CheckRequest, state: HotState, answer: Answer, place: HashPlace): Promise<boolean> {
    const { id, code } = request;
    const factor = guessedFactor(request, state);
    const dimensions = this.countedAs.guess(request, guessedAt(factor, state));
    if (answer.kind === 'approved') await this.throwIfUsedUp(dimensions);
    const context = codeContext({ ...state, id });
    const digest = await place.run(() => this.hasher.digest(guessText(code, factor), state.hashing, context));
    if (digest === answer.digest) return true;
    await this.limiter.take('failed-check', this.random.id('rpl'), dimensions, { verificationId: id });
    return false;
  }

  private async throwIfUsedUp(dimensions: Dimensions): Promise<void> {
    const budget = await this.limiter.look('failed-check', dimensions);
    if (budget.kind === 'refused') throw refusedByLimits(budget);
  }
}
