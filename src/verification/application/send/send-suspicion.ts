import { Injectable } from '@nestjs/common';
import { JudgeSend, type JudgedSend, type Judgement } from '../../../fraud/application/judge-send.js';
import { countedAs } from '../../../shared/recipient.js';
import { Archive } from '../ledger.js';
import { RecipientVault } from '../ports.js';

/**
 * What detectors say of a send, except that nobody is suspected who has typed a right code of this application within the days
 * that recipients are kept: a detector can be tripped by strangers, for a country, a network or a block of numbers, and must not
 * shut out the people who live there (R21). They stay within all limits and caps.
 */
@Injectable()
export class SendSuspicion {
  constructor(
    private readonly judgeSend: JudgeSend,
    private readonly archive: Archive,
    private readonly vault: RecipientVault,
  ) {}

  /** Counts nothing. @throws 503 `unavailable` */
  async judge(send: JudgedSend): Promise<Judgement> {
    return this.unlessKnown(send, await this.judgeSend.judge(send));
  }

  /** Counts a send that limits allowed; refused when detectors tripped meanwhile. @throws 503 `unavailable` */
  async count(send: JudgedSend): Promise<Judgement> {
    return this.unlessKnown(send, await this.judgeSend.count(send));
  }

  /** The send did not happen. Idempotent. */
  undo(send: JudgedSend): Promise<void> {
    return this.judgeSend.undo(send);
  }

  /** Asks the ledger only about those who would be refused. */
  private async unlessKnown(send: JudgedSend, judgement: Judgement): Promise<Judgement> {
    if (judgement.kind === 'allowed' || !(await this.isKnown(send))) return judgement;
    return { kind: 'allowed', shadowed: judgement.reasons };
  }

  private isKnown({ applicationId, address }: JudgedSend): Promise<boolean> {
    if (address.kind !== 'phone') return Promise.resolve(false);
    return this.archive.approvedBefore(applicationId, this.vault.indexes(countedAs(address)));
  }
}
