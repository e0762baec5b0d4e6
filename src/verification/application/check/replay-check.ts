import { Injectable } from '@nestjs/common';
import { notFound } from '../../../shared/refusals.js';
import type { Answer } from '../../domain/answer.js';
import { endedAs, idempotencyMismatch } from '../../domain/refusals.js';
import { contextText } from '../../domain/verification.js';
import { ApprovalToken, endOfToken } from './approval-token.js';
import type { CheckOutcome, CheckRequest } from './check-request.js';
import { CompareReplay } from './compare-replay.js';
import { Ledger } from '../ledger.js';
import type { HotState } from '../hot-state.js';
import { Fingerprints, type HashPlace } from '../ports.js';

/** A check asked again with its idempotency key: the same answer, and no second attempt spent (R25). */
@Injectable()
export class ReplayCheck {
  constructor(
    private readonly fingerprints: Fingerprints,
    private readonly compareReplay: CompareReplay,
    private readonly ledger: Ledger,
    private readonly approvalToken: ApprovalToken,
  ) {}

  /**
   * @throws 422 `idempotency-mismatch` for another code or context (whatever has an answer named the right context); 410
   * `already-approved` once the approval's token has run out, or whom it was for has been erased
   */
  async replay(request: CheckRequest, state: HotState, answer: Answer, place: HashPlace): Promise<CheckOutcome> {
    if (!this.fingerprints.matches(state.contextDigest, contextText(request))) throw idempotencyMismatch();
    if (!(await this.compareReplay.isSame(request, state, answer, place))) throw idempotencyMismatch();
    if (answer.kind === 'wrong') {
      const { attemptsLeft, reason } = answer;
      return { kind: 'wrong', attemptsLeft, reason };
    }

    const record = await this.ledger.find(request.applicationId, request.id);
    if (!record) throw notFound('verification');
    if (state.now >= endOfToken(record.endedAt ?? new Date(0))) throw endedAs('approved');
    return this.approvalToken.outcomeOf(record, request.binding ?? null);
  }
}
