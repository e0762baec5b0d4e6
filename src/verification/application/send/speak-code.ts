import { Injectable } from '@nestjs/common';
import type { Saying } from '../../../delivery/application/ports.js';
import type { Delivery } from '../../../delivery/domain/delivery.js';
import { sayCall, wordingOf } from '../../domain/message-text.js';
import { sayOver, type SpokenText } from '../../domain/spoken-text.js';
import { isAsMeant } from '../../domain/purposes.js';
import { templateOf } from '../../domain/templates.js';
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
    const sealed = record?.sealed ?? null;
    if (!record || sealed === null) return over(sayOver('tooLate', { locale: record?.locale ?? 'en', sender: '' }));
    const details = this.vault.open(record.id, sealed);
    const {
      senderName: sender,
      applicationName: application,
      templates,
    } = await this.tenants.settings(record.applicationId);
    const wording = wordingOf(details, record);
    const parts = { ...wording, sender, application };
    const issued = await this.issue(record, id);
    if (issued.kind === 'over') return over(sayOver(isSettled(issued.reason) ? 'notNeeded' : 'tooLate', parts));
    const template = templateOf(templates, wording.template);
    // Somebody listens already: where the template was changed meanwhile, the built-in words say it all.
    const { speech, locale } = sayCall(
      { ...parts, ...issued },
      template && isAsMeant(template, wording) ? template : {},
    );
    return { kind: 'said', speech, locale };
  }

  private async issue(record: VerificationRecord, deliveryId: string): Promise<Issued> {
    if (record.status !== 'pending') return { kind: 'over', reason: record.status };
    return this.issueCode.issue(record, deliveryId, 'voice', 'repeatedly');
  }
}

const isSettled = (reason: string) => reason === 'approved' || reason === 'canceled';

const over = ({ speech, locale }: SpokenText): Saying => ({ kind: 'over', speech, locale });
