import { Injectable } from '@nestjs/common';
import type { CodeChannel } from '../../../shared/channel.js';
import { both } from '../../../shared/both.js';
import type { DomainError } from '../../../shared/domain-error.js';
import { unavailable, Unanswered } from '../../../shared/refusals.js';
import { reached } from '../../../shared/steps.js';
import { sendsFirst } from '../../domain/plan-channels.js';
import { idempotencyInFlight, recipientRefused } from '../../domain/refusals.js';
import { AcceptVerification } from './accept-verification.js';
import { FirstMessage, type StartAdmission, type StartOfMessage } from './first-message.js';
import { OpenVerification } from './open-verification.js';
import { ResolveStart, type ResolvedStart, type Whom } from './resolve-start.js';
import type { RefusedSend } from '../send/send-allowance.js';
import { StartOnce } from './start-once.js';
import type { StartOrder } from './start-request.js';

/** A verification as its start answers it; a retry with the same idempotency key gets the same. */
export interface Started extends Whom {
  id: string;
  channels: CodeChannel[];
  attemptsLeft: number;
  expiresAt: Date;
  resendAt: Date;
  /** Null where the first channel is a factor's: nothing is sent before somebody asks for it. */
  deliveryId: string | null;
}

/** Starts a verification: limits, hot state, one commit, 202. No code exists yet; the worker makes it when it sends. */
@Injectable()
export class StartVerification {
  constructor(
    private readonly resolveStart: ResolveStart,
    private readonly once: StartOnce,
    private readonly message: FirstMessage,
    private readonly opener: OpenVerification,
    private readonly acceptance: AcceptVerification,
  ) {}

  /**
   * @param idempotencyKey the caller's Idempotency-Key; a retry with it and the same body gets the same answer and no second message
   * @throws 400, 422 `no-channel` or `recipient-refused`, 429 `rate-limited` or `cooldown`, 409 and 422 of idempotency, 503 `unavailable`
   */
  async execute(
    { applicationId, keyId }: Caller,
    request: StartOrder,
    idempotencyKey: string | null,
  ): Promise<Started> {
    let resolved: ResolvedStart;
    try {
      resolved = await this.resolveStart.resolve(applicationId, request);
    } catch (refusal) {
      return this.again({ applicationId, request, idempotencyKey }, refusal);
    }
    const { id, deliveryId } = this.opener.newIds();
    const { endUser, limitKeys } = request;
    const requester = { apiKey: keyId, ip: endUser?.ip, device: endUser?.deviceId, limitKeys };
    const asked: Asked = {
      ...{ applicationId, request, requester, idempotencyKey, resolved, id },
      deliveryId: sendsFirst(resolved.channels) ? deliveryId : null,
    };

    const [claimed, decision] = await both(
      {
        take: this.once.claim(applicationId, idempotencyKey),
        undo: () => this.once.release(applicationId, idempotencyKey),
      },
      { take: this.message.admit(asked), undo: () => this.message.refund(asked) },
    );
    if (!claimed) {
      if (decision.kind === 'allowed') await this.message.refund(asked);
      return this.again(asked, idempotencyInFlight(), whomOf(resolved));
    }
    try {
      const outcome = decision.kind === 'allowed' ? await this.startOrRefund(asked, decision) : decision;
      if (outcome.kind === 'started') return outcome.started;
      return await this.again(asked, refusalAfter(outcome, resolved), whomOf(resolved));
    } finally {
      // Not waited for: if it fails, the marker frees itself.
      void this.once.release(applicationId, idempotencyKey);
    }
  }

  /**
   * What was not accepted counts nowhere: a person must not wait because our ledger was away. What may have been accepted counts,
   * since it may have been sent: a retry with its key finds it, any other waits out the pause.
   */
  private async startOrRefund(asked: Asked, allowed: Allowed): Promise<Outcome> {
    let counts = false;
    try {
      const outcome = await this.start(asked, allowed);
      counts = outcome.kind === 'started';
      return outcome;
    } catch (error) {
      counts = error instanceof Unanswered;
      throw error;
    } finally {
      if (!counts) await this.message.refund(asked).catch(() => undefined);
    }
  }

  private async start(asked: Asked, allowed: Allowed): Promise<Outcome> {
    reached('start:limits-taken');
    const { resolved: wanted, request, ...opening } = asked;
    const { pauseMs, failuresCountedAs, priceMicros, leastCodeLength } = allowed;
    const resolved = { ...wanted, codeLength: Math.max(wanted.codeLength, leastCodeLength) };
    const made = { ...opening, pauseMs, failuresCountedAs, priceMicros };
    const [verification, suspected] = await both(
      { take: this.opener.open(made, resolved, request) },
      { take: this.message.count(asked, allowed.judged) },
    );
    // The state that was opened is nobody's, and ends by itself.
    if (suspected) return suspected;
    if (!(await this.acceptance.accept(verification))) return { kind: 'not-accepted' };
    const { id, deliveryId, channels, expiresAt, resendAt, maxAttempts } = verification;
    const started = { id, deliveryId, channels, expiresAt, resendAt, attemptsLeft: maxAttempts };
    return { kind: 'started', started: { ...started, ...whomOf(resolved) } };
  }

  /**
   * The answer of the earlier request with the same key, even where limits would refuse a new one, where its channels are gone
   * meanwhile, or where that request has committed but not yet let go of the key. Else the refusal.
   */
  private async again(asked: Asking, refusal: unknown, whom?: Whom): Promise<Started> {
    const { applicationId, idempotencyKey, request } = asked;
    const earlier = await this.once.earlier(applicationId, idempotencyKey, request);
    if (!earlier) throw refusal;
    return { ...earlier, ...(whom ?? (await this.resolveStart.whom(applicationId, request))) };
  }
}

type Allowed = Extract<StartAdmission, { kind: 'allowed' }>;

/** `not-accepted`: the idempotency key turned out to have been used before, or the subject’s factors were removed meanwhile. */
type Outcome = { kind: 'started'; started: Started } | { kind: 'not-accepted' } | RefusedSend;

/** What the first channel was refused for says less than what each of them was, when screening allows none. */
function refusalAfter(outcome: Exclude<Outcome, { kind: 'started' }>, { refusedChannels }: ResolvedStart): DomainError {
  if (outcome.kind === 'not-accepted') return unavailable('The start could not be recorded. Try again.');
  const [first] = refusedChannels;
  return first ? recipientRefused(first, refusedChannels) : outcome.refusal;
}

/** Whose verification it is, and the API key that asks for it; none where people try the service out. */
export interface Caller {
  applicationId: string;
  keyId?: string | undefined;
}

interface Asking extends Pick<StartOfMessage, 'applicationId' | 'request'> {
  idempotencyKey: string | null;
}

/** One start on its way through the steps. */
type Asked = Asking & StartOfMessage;

/** Of the answer, what no earlier request needs to be asked for. */
const whomOf = ({ to, factors }: ResolvedStart): Whom => ({ to, ...(factors && { factors }) });
