import { Injectable } from '@nestjs/common';
import type { CheckOutcome, CheckRequest } from './check-request.js';
import { FindState, type Found } from './find-state.js';
import { JudgeGuess } from './judge-guess.js';
import { CodeHasher, type HashPlace } from '../ports.js';
import { ReplayCheck } from './replay-check.js';
import { ReserveGuess } from './reserve-guess.js';

/**
 * Checks a typed code. First whatever can be refused without a hash, so that a flood at what is over or unknown takes no place
 * from anybody; then a place in the hash queue, then one attempt and one place in the failure budget, then one hash, then the
 * settlement. Whatever is refused on the way has hashed nothing.
 */
@Injectable()
export class CheckCode {
  constructor(
    private readonly hasher: CodeHasher,
    private readonly findState: FindState,
    private readonly reserveGuess: ReserveGuess,
    private readonly judgeGuess: JudgeGuess,
    private readonly replayCheck: ReplayCheck,
  ) {}

  /**
   * @param entered a place in the hash queue, where the caller has one; leaving it is the caller's
   * @returns approved with its token, or wrong with the attempts that are left
   * @throws 400, 404, 409, 410, 422 `idempotency-mismatch`, 429, 503 as the problem codes say; nothing was compared then
   */
  async execute(request: CheckRequest, entered?: HashPlace): Promise<CheckOutcome> {
    const found = await this.findState.find(request);
    if (entered) return this.check(request, found, entered);
    const place = await this.enter(request, found);
    try {
      return await this.check(request, found, place);
    } finally {
      place.leave();
    }
  }

  private async enter(request: CheckRequest, found: Found): Promise<HashPlace> {
    try {
      return this.hasher.enter();
    } catch (error) {
      await this.findState.giveBack(request, found);
      throw error;
    }
  }

  private async check(
    request: CheckRequest,
    { attempt, state, answer }: Found,
    place: HashPlace,
  ): Promise<CheckOutcome> {
    if (answer) return this.replayCheck.replay(request, state, answer, place);
    const guess = await this.reserveGuess.reserve(request, attempt, state);
    if (guess.kind === 'answered') return this.replayCheck.replay(request, state, guess.answer, place);
    return this.judgeGuess.judge(guess, request.code, place);
  }
}
