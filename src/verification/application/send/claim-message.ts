import { Injectable } from '@nestjs/common';
import type { Claim } from '../../../delivery/application/ports.js';
import type { Delivery } from '../../../delivery/domain/delivery.js';
import { addressFor } from '../../../shared/recipient.js';
import { messageText, wordingOf } from '../../domain/message-text.js';
import { senderOf } from '../../domain/sender-of.js';
import { askForKey } from '../../domain/spoken-text.js';
import { isAsMeant } from '../../domain/purposes.js';
import { templateOf } from '../../domain/templates.js';
import { IssueCode } from './issue-code.js';
import { Steps, type VerificationRecord } from '../ledger.js';
import { RecipientVault, Tenants, type SealedDetails } from '../ports.js';
import type { WordedSend } from '../counted-as.js';
import { SendAllowance } from './send-allowance.js';

type Asked = Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>;

/** Answers the dispatcher when a delivery's turn has come: still wanted, allowed, and what it says. */
@Injectable()
export class ClaimMessage {
  constructor(
    private readonly steps: Steps,
    private readonly vault: RecipientVault,
    private readonly tenants: Tenants,
    private readonly allowance: SendAllowance,
    private readonly issueCode: IssueCode,
  ) {}

  async claim(delivery: Asked): Promise<Claim> {
    const record = await this.steps.find(delivery.messageId);
    if (!record) return { kind: 'stop', then: 'over', reason: 'the verification was deleted' };
    if (record.status !== 'pending')
      return { kind: 'stop', then: 'over', reason: `the verification is ${record.status}` };
    const details = record.sealed === null ? null : this.vault.open(record.id, record.sealed);
    const address = details && addressFor(delivery.channel, details.to);
    if (!address) return { kind: 'stop', then: 'skip', reason: 'no address for this channel' };

    const settings = await this.tenants.settings(record.applicationId);
    const wording = wordingOf(details, record);
    const template = templateOf(settings.templates, wording.template);
    if (!template || !isAsMeant(template, wording))
      return { kind: 'stop', then: 'over', reason: 'its template was changed or removed meanwhile' };
    const refused = await this.refusedNow(delivery, record, details);
    if (refused) return { kind: 'stop', then: 'skip', reason: refused };
    // Of a call that asks for a key first, the code is made when that is pressed (speak-code.ts).
    const asksForKey = delivery.channel === 'voice' && settings.voice.keyPress;
    const issued = asksForKey
      ? await this.issueCode.open(record)
      : await this.issueCode.issue(record, delivery.id, delivery.channel);
    if (issued.kind === 'over') {
      if (delivery.origin === 'fallback') await this.allowance.refund(fallbackOf(delivery, record, details));
      return { kind: 'stop', then: 'over', reason: issued.reason };
    }

    const { validForSeconds } = issued;
    const { senderName: sender, applicationName: application } = settings;
    const parts = { ...wording, sender, application, validForSeconds };
    const from = senderOf(settings.senders, delivery.channel, address);
    const message =
      issued.kind === 'open'
        ? { ...askForKey(parts), keyPress: true }
        : messageText(delivery.channel, { ...parts, code: issued.code }, template);
    return { kind: 'send', message: { to: address.value, validForSeconds, ...(from && { from }), ...message } };
  }

  /** Start and resend were counted when they were asked for; a fallback counts now. */
  private async refusedNow(
    delivery: Asked,
    record: VerificationRecord,
    details: SealedDetails,
  ): Promise<string | null> {
    if (delivery.origin !== 'fallback') return null;
    const decision = await this.allowance.take(fallbackOf(delivery, record, details));
    if (decision.kind === 'refused') return decision.reason;
    if (decision.priceMicros !== null) await this.steps.priced(delivery.id, decision.priceMicros);
    return null;
  }
}

/** A fallback, as it is counted and given back. */
function fallbackOf(
  { id: deliveryId, channel }: Asked,
  record: VerificationRecord,
  details: SealedDetails,
): WordedSend {
  const { applicationId, id: verificationId, subject } = record;
  const { to, requester = {} } = details;
  const wording = wordingOf(details, record);
  return { applicationId, verificationId, deliveryId, to, channel, subject, wording, requester, cooldown: false };
}
