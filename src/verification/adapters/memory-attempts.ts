import { Injectable } from '@nestjs/common';
import { Attempts, type Attempt, type Reservation, type SettledAttempt } from '../application/hot-state.js';
import { MemoryStates, type MemoryState } from './memory-states.js';
import { GUESS_LEASE_MS } from './verification-keys.js';

/** The same decisions as the scripts `reserve-attempt`, `settle-attempt` and `refund-attempt`, in the same order. */
@Injectable()
export class MemoryAttempts extends Attempts {
  constructor(private readonly states: MemoryStates) {
    super();
  }

  reserve(id: string, attempt: Attempt): Promise<Reservation> {
    const state = this.states.get(id);
    return Promise.resolve(state ? this.reserveIn(state, attempt) : { kind: 'unknown' });
  }

  settle(id: string, { reservation, idempotencyKey, answer }: SettledAttempt): Promise<void> {
    const state = this.states.get(id);
    if (!state) return Promise.resolve();
    const settled = state.guesses.delete(reservation) || state.taken.delete(reservation);
    if (settled && idempotencyKey) {
      if (answer) state.answers.set(idempotencyKey, { answer });
      else state.answers.delete(idempotencyKey);
    }
    return Promise.resolve();
  }

  refund(id: string, { reservation, idempotencyKey }: Attempt): Promise<void> {
    const state = this.states.get(id);
    if (state?.guesses.delete(reservation)) {
      if (idempotencyKey) state.answers.delete(idempotencyKey);
      if (state.status === 'pending') state.attemptsLeft += 1;
    }
    return Promise.resolve();
  }

  private reserveIn(state: MemoryState, { reservation, idempotencyKey, guess }: Attempt): Reservation {
    const now = this.states.now();
    const tookOver = state.taken.has(reservation);
    const holds = tookOver || state.guesses.has(reservation);
    const known = idempotencyKey && !holds ? state.answers.get(idempotencyKey) : undefined;
    if (known && 'answer' in known) return { kind: 'answered', answer: known.answer };
    if (known && now < known.inFlightUntil) return { kind: 'in-flight' };
    if (state.status !== 'pending') return { kind: 'ended', status: state.status };
    if (now >= state.expiresAt) return { kind: 'ended', status: 'expired' };
    const noneLeft = !holds && state.attemptsLeft < 1;
    if (noneLeft) {
      const inFlight = [...state.guesses.values(), ...state.taken.values()].some((deadline) => deadline > now);
      if (known?.guess === undefined) return { kind: 'used-up', settled: !inFlight };
      if (inFlight) return { kind: 'in-flight' };
      if (known.guess !== guess) return { kind: 'other-guess' };
      for (const held of [state.guesses, state.taken]) held.delete(known.reservation);
    } else if (!holds) {
      state.attemptsLeft -= 1;
    }
    const inFlightUntil = now + GUESS_LEASE_MS;
    const takesOver = tookOver || noneLeft;
    (takesOver ? state.taken : state.guesses).set(reservation, inFlightUntil);
    if (idempotencyKey) state.answers.set(idempotencyKey, { inFlightUntil, guess, reservation });
    const { attemptsLeft, hashing, slots } = state;
    const afterLost = takesOver ? 'same-guess' : known !== undefined;
    return { kind: 'reserved', attemptsLeft, afterLost, hashing, slots: [...slots.values()] };
  }
}
