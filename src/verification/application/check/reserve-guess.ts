import { Injectable } from '@nestjs/common';
import { Limiter, type Dimensions } from '../../../limits/application/limiter.js';
import { refusedByLimits } from '../../../limits/application/refusal.js';
import { invalidRequest, notFound } from '../../../shared/refusals.js';
import { readAnswer, type Answer } from '../../domain/answer.js';
import { idempotencyInFlight } from '../../domain/refusals.js';
import { contextText } from '../../domain/verification.js';
import type { CheckRequest } from './check-request.js';
import { Attempts, type Attempt, type HotState, type Slot } from '../hot-state.js';
import { Fingerprints } from '../ports.js';
import { SendAllowance } from '../send/send-allowance.js';
import { RefuseGuess } from './refuse-guess.js';

/** A guess that holds one attempt and one place in the failure budget. */
export interface Guess extends Attempt {
  kind: 'reserved';
  state: HotState & { id: string };
  attemptsLeft: number;
  slots: Slot[];
  dimensions: Dimensions;
}

/** Reserves before anything is hashed (R13): the attempt of the verification and the failure budget of its recipient. */
@Injectable()
export class ReserveGuess {
  constructor(
    private readonly attempts: Attempts,
    private readonly limiter: Limiter,
    private readonly fingerprints: Fingerprints,
    private readonly refuse: RefuseGuess,
    private readonly allowance: SendAllowance,
  ) {}

  /** @returns the guess, or what a replay of an answered idempotency key is to be told. */
  async reserve(
    request: CheckRequest,
    attempt: Attempt,
    state: HotState,
  ): Promise<Guess | { kind: 'answered'; answer: Answer }> {
    const { applicationId, id, code } = request;
    if (!this.fingerprints.matches(state.contextDigest, contextText(request))) {
      await this.refuse.otherContext(id, attempt);
      throw notFound('verification');
    }
    if (code.length !== state.codeLength) throw invalidRequest(`code: must be ${String(state.codeLength)} digits.`);

    const subject = this.allowance.subjectCountedAs(request.subject);
    const dimensions: Dimensions = { applicationId, recipient: state.countedAs, subject };
    const reservation = await this.attempts.reserve(id, attempt);
    if (reservation.kind !== 'reserved') {
      const answer = reservation.kind === 'answered' ? readAnswer(reservation.answer) : null;
      if (answer) return { kind: 'answered', answer };
      if (reservation.kind === 'in-flight' || reservation.kind === 'answered') throw idempotencyInFlight();
      throw await this.refuse.reasonFor(applicationId, id, reservation);
    }
    await this.takeBudget(id, attempt, dimensions);
    const { attemptsLeft, slots, hashing } = reservation;
    return { ...attempt, kind: 'reserved', state: { ...state, id, hashing }, attemptsLeft, slots, dimensions };
  }

  /** After the attempt and not beside it: guesses that got none must not fill the budget of one that did, not even briefly. */
  private async takeBudget(id: string, attempt: Attempt, dimensions: Dimensions): Promise<void> {
    try {
      const budget = await this.limiter.take('failed-check', attempt.reservation, dimensions);
      if (budget.kind === 'refused') throw refusedByLimits(budget);
    } catch (error) {
      await this.attempts.refund(id, attempt).catch(() => undefined);
      throw error;
    }
  }
}
