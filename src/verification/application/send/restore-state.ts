import { Injectable } from '@nestjs/common';
import { isFactor } from '../../../shared/channel.js';
import type { VerificationRecord } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { CodeHasher, RecipientVault } from '../ports.js';
import { CountedAs } from '../counted-as.js';

/** Rebuilds a hot state that was lost (Redis wiped or failed over) from its row, with the attempts that are left. */
@Injectable()
export class RestoreState {
  constructor(
    private readonly verifications: Verifications,
    private readonly hasher: CodeHasher,
    private readonly vault: RecipientVault,
    private readonly counted: CountedAs,
  ) {}

  /**
   * Codes sent before are lost with the old state: only a message sent from now on can be checked.
   *
   * @param codesLost whether there were any, so that whoever types one is told so
   */
  async restore(record: VerificationRecord, codesLost = false): Promise<void> {
    const { id, applicationId, contextDigest, codeLength, maxAttempts, failedChecks, expiresAt, sealed } = record;
    const to = sealed === null ? {} : this.vault.open(id, sealed).to;
    const countedAs = this.counted.recipient(to);
    const hashing = this.hasher.newSettings();
    const state = {
      id,
      applicationId,
      contextDigest,
      codeLength,
      countedAs,
      factorChannels: record.channels.filter(isFactor),
      hashing,
      attemptsLeft: maxAttempts - failedChecks,
      codesLost,
    };
    await this.verifications.open(state, { expiresAt: expiresAt.getTime() });
  }
}
