import { Injectable } from '@nestjs/common';
import { both } from '../../../shared/both.js';
import { Random } from '../../../shared/random.js';
import { notFound } from '../../../shared/refusals.js';
import { inFlightUntil, readAnswer, type Answer } from '../../domain/answer.js';
import { idempotencyName } from '../../../shared/idempotency-name.js';
import { endedAs, idempotencyInFlight } from '../../domain/refusals.js';
import { CheckAllowance } from './check-allowance.js';
import type { CheckRequest } from './check-request.js';
import { MissingState } from './missing-state.js';
import { Verifications, type Attempt, type HotState } from '../hot-state.js';

/** A check that is worth a hash: the attempt it will reserve, the hot state, and the answer its idempotency key got before. */
export interface Found {
  attempt: Attempt;
  state: HotState;
  answer: Answer | null;
}

/** The cheap part of a check: who may ask how often, and whether there is anything to check. No attempt is spent here. */
@Injectable()
export class FindState {
  constructor(
    private readonly verifications: Verifications,
    private readonly allowance: CheckAllowance,
    private readonly missingState: MissingState,
    private readonly random: Random,
  ) {}

  /**
   * @throws 429 `rate-limited`; 404 for an unknown or another application's id; what the verification ended as; 409
   * `idempotency-in-flight` while the first request with the key is, and for how long it is taken for alive
   */
  async find(request: CheckRequest): Promise<Found> {
    const { applicationId, id, idempotencyKey: key, admittedAs } = request;
    const attempt = {
      reservation: admittedAs ?? this.random.id('gss'),
      ...(key !== undefined && { idempotencyKey: idempotencyName(key) }),
    };
    const [found, refusal] = await both(
      { take: this.verifications.peek(id, attempt.idempotencyKey) },
      {
        take: admittedAs === undefined ? this.allowance.take(request, attempt.reservation) : Promise.resolve(null),
        undo: () => this.allowance.giveBack(request, attempt.reservation),
      },
    );
    if (refusal) throw refusal;
    const { state, answer: answered } = found ?? (await this.recovered(request));
    if (state.applicationId !== applicationId) throw notFound('verification');
    const answer = answered === null ? null : readAnswer(answered);
    if (!answer) refuseEnded(state);
    const inFlightMs = inFlightUntil(answered ?? '') - state.now;
    if (inFlightMs > 0) throw idempotencyInFlight(inFlightMs);
    return { attempt, state, answer };
  }

  /**
   * There is no room to hash what was found: the check did not happen. Returns when it may be tried again.
   *
   * @throws what the verification ended as meanwhile; 429 `attempts-used-up` when other guesses hold or have used every attempt
   */
  async giveBack(request: CheckRequest, { attempt, answer }: Found): Promise<void> {
    const [now] = await Promise.all([
      this.verifications.peek(request.id, attempt.idempotencyKey),
      this.allowance.giveBack(request, attempt.reservation),
    ]);
    // A replay has its answer already, whatever became of the verification: only the room to compare it is missing.
    if (answer) return;
    if (now) refuseEnded(now.state);
    // What an earlier request with the key has begun may be gone on with, or is answered, by whoever asks again.
    if (now?.state.attemptsLeft === 0 && now.answer === null) throw endedAs('failed');
  }

  private async recovered(request: CheckRequest): Promise<{ state: HotState; answer: null }> {
    await this.missingState.recover(request);
    const restored = await this.verifications.peek(request.id);
    if (!restored) throw notFound('verification');
    return { state: restored.state, answer: null };
  }
}

/** R4: an expired code is refused by its stored end, even while the state still exists. */
function refuseEnded({ status, now, expiresAt }: HotState): void {
  if (status !== 'pending') throw endedAs(status);
  if (now >= expiresAt) throw endedAs('expired');
}
