import { Injectable } from '@nestjs/common';
import {
  Verifications,
  type HotState,
  type OpenState,
  type PutResult,
  type SettledAttempt,
  type Slot,
} from '../application/hot-state.js';
import type { EndStatus } from '../domain/verification.js';
import { MemoryStates, type MemoryState } from './memory-states.js';
import { TOMBSTONE_MS } from './verification-keys.js';

const SLOTS = 3;

@Injectable()
export class MemoryVerifications extends Verifications {
  constructor(private readonly states: MemoryStates) {
    super();
  }

  open(state: OpenState, life: { ttlMs: number } | { expiresAt: number }): Promise<{ now: number; expiresAt: number }> {
    const now = this.states.now();
    const ends = 'ttlMs' in life ? now + life.ttlMs : life.expiresAt;
    const { expiresAt } = this.states.get(state.id) ?? this.states.add(state, ends);
    return Promise.resolve({ now, expiresAt });
  }

  peek(id: string, idempotencyKey = ''): Promise<{ state: HotState; answer: string | null } | null> {
    const state = this.states.get(id);
    return Promise.resolve(
      state ? { state: hotState(state, this.states.now()), answer: answerIn(state, idempotencyKey) } : null,
    );
  }

  putCode(id: string, deliveryId: string, slot: Slot, askedAt?: number): Promise<PutResult> {
    const state = this.states.get(id);
    if (!state) return Promise.resolve('unknown');
    if (state.status !== 'pending' || this.states.now() >= state.expiresAt) return Promise.resolve('over');
    if (askedAt !== undefined) {
      if ((state.asked.get(deliveryId) ?? 0) >= askedAt) return Promise.resolve('superseded');
      state.asked.set(deliveryId, askedAt);
    }
    state.slots.delete(deliveryId);
    state.slots.set(deliveryId, slot);
    const [oldest] = state.slots.keys();
    if (state.slots.size > SLOTS && oldest) state.slots.delete(oldest);
    return Promise.resolve('stored');
  }

  dropCode(id: string, deliveryId: string): Promise<void> {
    this.states.get(id)?.slots.delete(deliveryId);
    return Promise.resolve();
  }

  end(id: string, status: EndStatus, attempt?: SettledAttempt): Promise<void> {
    const state = this.states.get(id);
    if (state && attempt) {
      for (const held of [state.guesses, state.taken]) held.delete(attempt.reservation);
      if (attempt.idempotencyKey && attempt.answer)
        state.answers.set(attempt.idempotencyKey, { answer: attempt.answer });
    }
    if (state?.status === 'pending') {
      state.slots.clear();
      state.status = status;
      state.goneAt = this.states.now() + TOMBSTONE_MS;
    }
    return Promise.resolve();
  }
}

function hotState(state: MemoryState, now: number): HotState {
  const { applicationId, status, attemptsLeft, expiresAt, contextDigest, codeLength } = state;
  const { countedAs, factorChannels, hashing } = state;
  return {
    ...{ applicationId, status, attemptsLeft, expiresAt, now, contextDigest, codeLength },
    ...{ countedAs, factorChannels, hashing, codesLost: state.codesLost === true && state.slots.size === 0 },
  };
}

function answerIn(state: MemoryState, idempotencyKey: string): string | null {
  const known = state.answers.get(idempotencyKey);
  if (!known) return null;
  return 'answer' in known ? known.answer : `in-flight|${String(known.inFlightUntil)}`;
}
