import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import type { LimitDecision } from '../../../limits/application/limiter.js';
import { both } from '../../../shared/both.js';
import { readAnswer } from '../../domain/answer.js';
import type { CheckRequest } from './check-request.js';
import { FailureBudget, type BudgetPlace } from './failure-budget.js';
import { Attempts, type Attempt, type HotState, type Reservation } from '../hot-state.js';

/** How long guesses that got no attempt may hold a place that they are about to give back. */
const CROWD_MS = [0, 20, 60];

/**
 * Takes an attempt and a place in the failure budget in one trip. Guesses that get no attempt hold a place until they give it
 * back, and a crowd of them could get the one refused that did get one. So three things are done against that: nobody asks
 * beforehand when there is but one attempt to be had; retries with one idempotency key share one place; and whoever has an
 * attempt and finds the budget full asks again, a little longer where others were seen guessing at the same time.
 */
@Injectable()
export class TakeAttempt {
  constructor(
    private readonly attempts: Attempts,
    private readonly budget: FailureBudget,
  ) {}

  /**
   * @returns the reservation, with a place where it is `reserved`
   * @throws 429 `rate-limited` when the budget is used up; the attempt has been given back then. 503 `unavailable`
   */
  async take(
    request: CheckRequest,
    attempt: Attempt,
    state: HotState,
  ): Promise<{ reservation: Reservation; place: BudgetPlace }> {
    const { id } = request;
    const shared = this.budget.placeOf(request, attempt, state);
    const reserve = { take: this.attempts.reserve(id, attempt), undo: () => this.attempts.refund(id, attempt) };
    const early = state.attemptsLeft > 1 ? this.budget.take(shared) : Promise.resolve(null);
    const [reservation, decision] = await both(reserve, { take: early, undo: () => this.giveBackOwn(shared) });
    const own = { ...shared, name: attempt.reservation, shared: false };
    // It is told that it guessed something else than the request that was lost, which may have been right: so it counts.
    if (reservation.kind === 'other-guess') await this.insist(own, null, []);
    if (reservation.kind !== 'reserved') {
      if (decision?.kind === 'allowed' && !belongsToAnother(reservation)) await this.budget.giveBack(shared);
      return { reservation, place: shared };
    }
    // A request that was lost may still compare its guess, and has its place: another guess is a failure of its own, the same is one with it.
    const isAnother = reservation.afterLost === true;
    const place = isAnother ? own : shared;
    const crowded = reservation.attemptsLeft < state.attemptsLeft - 1;
    try {
      await this.insist(place, isAnother ? null : decision, crowded ? CROWD_MS : CROWD_MS.slice(0, 1));
    } catch (error) {
      await this.attempts.refund(id, attempt).catch(() => undefined);
      throw error;
    }
    return { reservation, place };
  }

  private async insist(place: BudgetPlace, first: LimitDecision | null, waitsMs: number[]): Promise<void> {
    let decision = first ?? (await this.budget.take(place));
    for (const waitMs of waitsMs) {
      if (decision.kind === 'allowed') return;
      if (waitMs > 0) await pause(waitMs);
      decision = await this.budget.take(place);
    }
    if (decision.kind === 'refused') throw refusedByLimits(decision);
  }

  /** Without an answer nobody knows who has a shared place; it stays taken then. */
  private async giveBackOwn(place: BudgetPlace): Promise<void> {
    if (!place.shared) await this.budget.giveBack(place);
  }
}

/** Whether another request with the same idempotency key holds the place, or has used it up. */
function belongsToAnother(reservation: Reservation): boolean {
  if (reservation.kind === 'in-flight' || reservation.kind === 'other-guess') return true;
  return reservation.kind === 'answered' && readAnswer(reservation.answer)?.kind === 'wrong';
}
