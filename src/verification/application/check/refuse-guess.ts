import { Injectable } from '@nestjs/common';
import type { DomainError } from '../../../shared/domain-error.js';
import { notFound } from '../../../shared/refusals.js';
import { endedAs } from '../../domain/refusals.js';
import { Endings, Ledger } from '../ledger.js';
import { Attempts, Verifications, type Attempt, type Reservation } from '../hot-state.js';

type Refused = Extract<Reservation, { kind: 'used-up' | 'ended' | 'unknown' }>;

/** Guesses that are not compared with anything. */
@Injectable()
export class RefuseGuess {
  constructor(
    private readonly attempts: Attempts,
    private readonly verifications: Verifications,
    private readonly endings: Endings,
    private readonly ledger: Ledger,
  ) {}

  /** A check that names another subject, purpose or binding is answered like an unknown id, but it costs an attempt (R23). */
  async otherContext(id: string, attempt: Attempt): Promise<void> {
    const reservation = await this.attempts.reserve(id, attempt);
    if (reservation.kind !== 'reserved') return;
    const status = await this.endings.countWrong(id);
    if (status === 'failed') await this.verifications.end(id, 'failed', attempt);
    else await this.attempts.settle(id, attempt);
  }

  /** What to answer when nothing could be reserved; a budget that is used up with no guess in flight ends the verification. */
  async reasonFor(applicationId: string, id: string, reservation: Refused): Promise<DomainError> {
    if (reservation.kind === 'ended') return endedAs(reservation.status);
    if (reservation.kind === 'unknown') return notFound('verification');
    if (!reservation.settled) return endedAs('failed');
    await this.endings.end(id, 'failed');
    const status = (await this.ledger.find(applicationId, id))?.status ?? 'failed';
    if (status === 'pending') return endedAs('failed');
    await this.verifications.end(id, status);
    return endedAs(status);
  }
}
