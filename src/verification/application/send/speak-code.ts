import { Injectable } from '@nestjs/common';
import type { Saying } from '../../../delivery/application/ports.js';
import type { Delivery } from '../../../delivery/domain/delivery.js';
import { sayCode, sayOver, type SpokenText } from '../../domain/spoken-text.js';
import { Steps, type VerificationRecord } from '../ledger.js';
import { RecipientVault, Tenants } from '../ports.js';
import { IssueCode, type Issued } from './issue-code.js';

/** What a call is about, once its key was pressed: its code is made now, while the verification is pending (R37). */
@Injectable()
export class SpeakCode {
  constructor(
    private readonly steps: Steps,
    private readonly vault: RecipientVault,
    private readonly tenants: Tenants,
    private readonly issueCode: IssueCode,
  ) {}

  async execute({ id, messageId }: Pick<Delivery, 'id' | 'messageId'>): Promise<Saying> {
    const record = await this.steps.find(messageId);
    if (!record || record.sealed === null)
      return over(sayOver('tooLate', { locale: record?.locale ?? 'en', sender: '' }));
    const { binding } = this.vault.open(record.id, record.sealed);
    const { senderName: sender } = await this.tenants.settings(record.applicationId);
    const parts = { locale: record.locale, sender };
    const issued = await this.issue(record, id);
    if (issued.kind === 'over') return over(sayOver(isSettled(issued.reason) ? 'notNeeded' : 'tooLate', parts));
    const { speech, locale } = sayCode({ ...parts, code: issued.code, binding });
    return { kind: 'said', speech, locale };
  }

  private async issue(record: VerificationRecord, deliveryId: string): Promise<Issued> {
    if (record.status !== 'pending') return { kind: 'over', reason: record.status };
    return this.issueCode.issue(record, deliveryId, 'voice');
  }
}

const isSettled = (reason: string) => reason === 'approved' || reason === 'canceled';

const over = ({ speech, locale }: SpokenText): Saying => ({ kind: 'over', speech, locale });
