import { Injectable } from '@nestjs/common';
import { Random } from '../../../shared/random.js';
import { contextText, cooldownSeconds } from '../../domain/verification.js';
import type { NewVerification } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { CodeHasher, Fingerprints, RecipientVault } from '../ports.js';
import type { ResolvedStart } from './resolve-start.js';
import { sealRecipient } from '../keep/sealed-recipient.js';
import type { StartRequest } from './start-request.js';

export interface Opening {
  id: string;
  deliveryId: string;
  applicationId: string;
  idempotencyKey: string | null;
  /** What wrong guesses are counted under. */
  failuresCountedAs: string;
  /** Until the recipient's limits have room for another send, in milliseconds; 0 when they have now. */
  fullForMs: number;
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

  async open(opening: Opening, resolved: ResolvedStart, request: StartRequest): Promise<NewVerification> {
    const { id, applicationId } = opening;
    const contextDigest = this.fingerprints.of(contextText(request));
    const state = {
      ...{ id, applicationId, contextDigest, codeLength: resolved.codeLength, hashing: this.hasher.newSettings() },
      ...{ attemptsLeft: resolved.policy.maxAttempts, countedAs: opening.failuresCountedAs },
    };
    const { now, expiresAt } = await this.verifications.open(state, { ttlMs: resolved.ttlMs });
    const { to, channels, locale, codeLength, policy } = resolved;
    const { webOtpOrigin, androidAppHash, metadata = {}, purpose = null, subject = null } = request;
    return {
      ...{
        id,
        deliveryId: opening.deliveryId,
        applicationId,
        channels,
        locale,
        codeLength,
        contextDigest,
        metadata,
        purpose,
        subject,
      },
      ...{
        maxAttempts: policy.maxAttempts,
        maxSends: policy.maxSends,
        reportTimeoutSeconds: policy.reportTimeoutSeconds,
      },
      resendAt: new Date(now + Math.max(cooldownSeconds(1) * 1000, opening.fullForMs)),
      expiresAt: new Date(expiresAt),
      ...sealRecipient(this.vault, id, { to, webOtpOrigin, androidAppHash }),
      country: to.phone?.country ?? null,
      idempotencyKey: opening.idempotencyKey,
      idempotencyFingerprint: opening.idempotencyKey === null ? null : this.fingerprints.of(requestText(request)),
    };
  }
}

/** One text per request body, whatever the order of its keys. */
export function requestText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
