import { Injectable } from '@nestjs/common';
import { Limiter } from '../../limits/application/limiter.js';
import { refusedByLimits } from '../../limits/application/refusal.js';
import { Random } from '../../shared/random.js';
import { notFound } from '../../shared/refusals.js';
import { readAnswer, type Answer } from '../domain/answer.js';
import { idempotencyName } from '../domain/idempotency-name.js';
import { endedAs } from '../domain/refusals.js';
import type { CheckRequest } from './check-request.js';
import { MissingState } from './missing-state.js';
import { Verifications, type Attempt, type HotState } from './ports.js';

/** The cheap part of a check: who may ask how often, and whether there is anything to check. Nothing is spent here. */
@Injectable()
export class FindState {
  constructor(
    private readonly verifications: Verifications,
    private readonly limiter: Limiter,
    private readonly missingState: MissingState,
    private readonly random: Random,
  ) {}

  /**
   * @returns the attempt this check will reserve, the hot state, and the answer its idempotency key got before
   * @throws 429 `rate-limited`; 404 for an unknown or another application's id; what the verification ended as
   */
  async find(request: CheckRequest): Promise<{ attempt: Attempt; state: HotState; answer: Answer | null }> {
    const { applicationId, id, ip, idempotencyKey: key } = request;
    const attempt = {
      reservation: this.random.id('gss'),
      ...(key !== undefined && { idempotencyKey: idempotencyName(key) }),
    };
    const [found, allowed] = await Promise.all([
      this.verifications.peek(id, attempt.idempotencyKey),
      this.limiter.take('check', attempt.reservation, { applicationId, ...(ip && { ip }) }),
    ]);
    if (allowed.kind === 'refused') throw refusedByLimits(allowed);
    const { state, answer: answered } = found ?? (await this.recovered(request));
    if (state.applicationId !== applicationId) throw notFound('verification');
    const answer = answered === null ? null : readAnswer(answered);
    if (!answer) refuseEnded(state);
    return { attempt, state, answer };
  }

  private async recovered({ applicationId, id }: CheckRequest): Promise<{ state: HotState; answer: null }> {
    await this.missingState.recover(applicationId, id);
    const restored = await this.verifications.peek(id);
    if (!restored) throw notFound('verification');
    return { state: restored.state, answer: null };
  }
}

/** R4: an expired code is refused by its stored end, even while the state still exists. */
function refuseEnded({ status, now, expiresAt }: HotState): void {
  if (status !== 'pending') throw endedAs(status);
  if (now >= expiresAt) throw endedAs('expired');
}
