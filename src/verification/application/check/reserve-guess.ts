import { Injectable } from '@nestjs/common';
import { invalidRequest, notFound } from '../../../shared/refusals.js';
import { readAnswer, type Answer } from '../../domain/answer.js';
import { idempotencyInFlight, idempotencyMismatch, stateLost } from '../../domain/refusals.js';
import { contextText, type Binding } from '../../domain/verification.js';
import type { CheckRequest } from './check-request.js';
import type { BudgetPlace } from './failure-budget.js';
import { guessedFactor, guessText, type GuessedFactor } from './guessed-factor.js';
import { TakeAttempt } from './take-attempt.js';
import type { Attempt, HotState, Slot } from '../hot-state.js';
import { Fingerprints } from '../ports.js';
import { RefuseGuess } from './refuse-guess.js';

/** A guess that holds one attempt and one place in the failure budget. */
export interface Guess extends Attempt {
  kind: 'reserved';
  state: HotState & { id: string };
  attemptsLeft: number;
  /** Whether it goes on with the attempt of a request that was lost, which is never given back. */
  tookOver: boolean;
  slots: Slot[];
  /** Null where it is at codes that were sent. */
  factor: GuessedFactor | null;
  place: BudgetPlace;
  /** The payment it confirms, as the check named it. */
  binding: Binding | null;
}

/** Reserves before anything is hashed (R13): the attempt of the verification and a place in the failure budget. */
@Injectable()
export class ReserveGuess {
  constructor(
    private readonly takeAttempt: TakeAttempt,
    private readonly fingerprints: Fingerprints,
    private readonly refuse: RefuseGuess,
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
    const factor = guessedFactor(request, state);
    if (!factor && state.codesLost) throw stateLost();
    if (!factor && code.length !== state.codeLength)
      throw invalidRequest(`code: must be ${String(state.codeLength)} digits.`);

    const guessing = this.named(attempt, request, factor);
    const { reservation, place } = await this.takeAttempt.take(request, guessing, state);
    if (reservation.kind !== 'reserved') {
      const answer = reservation.kind === 'answered' ? readAnswer(reservation.answer) : null;
      if (answer) return { kind: 'answered', answer };
      if (reservation.kind === 'in-flight' || reservation.kind === 'answered') throw idempotencyInFlight();
      if (reservation.kind === 'other-guess') throw idempotencyMismatch();
      throw await this.refuse.reasonFor(applicationId, id, reservation);
    }
    const { attemptsLeft, afterLost, slots, hashing } = reservation;
    const binding = request.binding ?? null;
    return {
      ...guessing,
      kind: 'reserved',
      state: { ...state, id, hashing },
      attemptsLeft,
      tookOver: afterLost === 'same-guess',
      slots,
      factor,
      place,
      binding,
    };
  }

  /**
   * A process that dies with the last attempt must not cost a backup code: the same guess goes on with it, and as it is the same,
   * nobody gets a second one. The same digits of an authenticator are another guess a step later; only the check of one factor,
   * which has no other attempt, goes on with them for its minute.
   */
  private named(attempt: Attempt, { id, code }: CheckRequest, factor: GuessedFactor | null): Attempt {
    const goesOn = factor?.channel === 'backup-code' || factor?.factorId !== undefined;
    if (!goesOn || attempt.idempotencyKey === undefined) return attempt;
    return { ...attempt, guess: this.fingerprints.stable(`guess ${id} ${guessText(code, factor)}`) };
  }
}
