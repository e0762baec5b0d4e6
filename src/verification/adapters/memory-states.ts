import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { OpenState, Slot } from '../application/hot-state.js';
import type { VerificationStatus } from '../domain/verification.js';
import { TOMBSTONE_MS } from './verification-keys.js';

/** What Redis keeps in a hash, as an object. */
export interface MemoryState extends OpenState {
  status: VerificationStatus;
  expiresAt: number;
  goneAt: number;
  slots: Map<string, Slot>;
  /** Delivery → when the question was asked that its slot answers. */
  asked: Map<string, number>;
  /** Reservation → end of its lease. */
  guesses: Map<string, number>;
  /** The same of one that goes on with the attempt of another, which is never given back. */
  taken: Map<string, number>;
  answers: Map<string, { answer: string } | { inFlightUntil: number; guess: string | undefined; reservation: string }>;
}

/** The embedded mode's hot states. One process, one thread: each method of the adapters is atomic because none awaits. */
@Injectable()
export class MemoryStates {
  private readonly states = new Map<string, MemoryState>();

  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  get(id: string): MemoryState | undefined {
    const state = this.states.get(id);
    return state && state.goneAt > this.now() ? state : undefined;
  }

  add(state: OpenState, expiresAt: number): MemoryState {
    this.dropGone();
    const goneAt = Math.max(expiresAt, this.now()) + TOMBSTONE_MS;
    const added: MemoryState = {
      ...state,
      ...{ status: 'pending', expiresAt, goneAt, slots: new Map(), asked: new Map() },
      ...{ guesses: new Map(), taken: new Map(), answers: new Map() },
    };
    this.states.set(state.id, added);
    return added;
  }

  /** States are opened in order and live about equally long, so the gone ones stand in front. */
  private dropGone(): void {
    for (const [id, { goneAt }] of this.states) {
      if (goneAt > this.now()) return;
      this.states.delete(id);
    }
  }
}
