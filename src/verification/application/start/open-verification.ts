import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../../shared/canonical-json.js';
import { isFactor, isSent, type CodeChannel } from '../../../shared/channel.js';
import type { Micros } from '../../../shared/money.js';
import { Random } from '../../../shared/random.js';
import { contextText, cooldownSeconds } from '../../domain/verification.js';
import type { NewVerification } from '../ledger.js';
import type { Requester } from '../../../shared/requester.js';
import { Verifications } from '../hot-state.js';
import { CodeHasher, Fingerprints, RecipientVault, type TenantSettings } from '../ports.js';
import type { ResolvedStart } from './resolve-start.js';
import { sealRecipient } from '../keep/sealed-recipient.js';
import type { StartOrder } from './start-request.js';

export interface Opening {
  id: string;
  /** Null where nothing is sent, because the first channel is a factor's. */
  deliveryId: string | null;
  applicationId: string;
  idempotencyKey: string | null;
  requester: Requester;
  /** What wrong guesses are counted under. */
  failuresCountedAs: string;
  /** Until the recipient's short pause between two sends is over, in milliseconds. */
  pauseMs: number;
  /** What the first message was counted for; null where no price is known. */
  priceMicros: Micros | null;
}

/** Opens the hot state, which fixes the end of life by the store's clock, and prepares the row that goes with it. */
@Injectable()
export class OpenVerification {
  constructor(
    private readonly verifications: Verifications,
    private readonly hasher: CodeHasher,
    private readonly vault: RecipientVault,
    private readonly fingerprints: Fingerprints,
    private readonly random: Random,
  ) {}

  newIds(): { id: string; deliveryId: string } {
    return { id: this.random.id('ver'), deliveryId: this.random.id('dlv') };
  }

  async open(opening: Opening, resolved: ResolvedStart, request: StartOrder): Promise<NewVerification> {
    const { id, deliveryId, applicationId, idempotencyKey, priceMicros } = opening;
    const { to, channels, codeLength, policy } = resolved;
    const { locale, purpose, ...said } = resolved.wording;
    const contextDigest = this.fingerprints.of(contextText(request));
    const { now, expiresAt } = await this.verifications.open(
      {
        id,
        applicationId,
        contextDigest,
        codeLength,
        hashing: this.hasher.newSettings(),
        attemptsLeft: policy.maxAttempts,
        countedAs: opening.failuresCountedAs,
        factorChannels: channels.filter(isFactor),
      },
      { ttlMs: resolved.ttlMs },
    );
    return {
      id,
      deliveryId,
      priceMicros,
      applicationId,
      channels,
      locale,
      codeLength,
      contextDigest,
      purpose: purpose ?? null,
      subject: request.subject ?? null,
      metadata: request.metadata ?? {},
      maxAttempts: policy.maxAttempts,
      maxSends: policy.maxSends,
      ...timeoutsOf(policy.reportTimeoutSeconds, channels),
      // Where nothing was sent, a message may be asked for at once.
      resendAt: new Date(deliveryId === null ? now : now + Math.max(cooldownSeconds(1) * 1000, opening.pauseMs)),
      expiresAt: new Date(expiresAt),
      ...sealRecipient(this.vault, id, { to, requester: opening.requester, ...said }),
      country: to.phone?.country ?? null,
      idempotencyKey,
      idempotencyFingerprint: idempotencyKey === null ? null : this.fingerprints.of(canonicalJson(request)),
    };
  }
}

/** One number where channels differ is the first one's that is sent, for whoever knows no other. */
function timeoutsOf(timeouts: TenantSettings['policy']['reportTimeoutSeconds'], channels: readonly CodeChannel[]) {
  const first = channels.find(isSent) ?? 'sms';
  if (typeof timeouts === 'number') return { reportTimeoutSeconds: timeouts, reportTimeouts: null };
  return { reportTimeoutSeconds: timeouts[first], reportTimeouts: timeouts };
}
