import { Injectable } from '@nestjs/common';
import type { Saying } from '../../../delivery/application/ports.js';
import type { Delivery } from '../../../delivery/domain/delivery.js';
import { sayCode, sayOver, type SpokenText } from '../../domain/spoken-text.js';
import { Steps } from '../ledger.js';
import { Tenants } from '../ports.js';
import { IssueCode } from './issue-code.js';

/** What a call is about, once its key was pressed: its code is made now, while the verification is pending (R37). */
@Injectable()
export class SpeakCode {
  constructor(
    private readonly steps: Steps,
    private readonly tenants: Tenants,
    private readonly issueCode: IssueCode,
  ) {}

  async execute({ id, messageId, channel }: Pick<Delivery, 'id' | 'messageId' | 'channel'>): Promise<Saying> {
    const record = await this.steps.find(messageId);
    if (!record) return over(sayOver('tooLate', { locale: 'en', sender: '' }));
    const { senderName: sender } = await this.tenants.settings(record.applicationId);
    const parts = { locale: record.locale, sender };
    const issued =
      record.status === 'pending'
        ? await this.issueCode.issue(record, id, channel)
        : { kind: 'over' as const, reason: record.status };
    if (issued.kind === 'over') return over(sayOver(isSettled(issued.reason) ? 'notNeeded' : 'tooLate', parts));
    const { speech, locale } = sayCode({ ...parts, code: issued.code });
    return { kind: 'said', speech, locale };
  }
}

const isSettled = (reason: string) => reason === 'approved' || reason === 'canceled';

const over = ({ speech, locale }: SpokenText): Saying => ({ kind: 'over', speech, locale });
