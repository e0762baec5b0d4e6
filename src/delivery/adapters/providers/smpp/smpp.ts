import { randomInt } from 'node:crypto';
import { Provider, type ProviderContext, type ProviderType, type SubmitRequest } from '../../../application/ports.js';
import type { BreakerState } from '../../../application/provider-health.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, rejected, UNREACHABLE, type ErrorMap } from '../error-map.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../one-number.js';
import { meaningOfReceipt, SUBMIT_ERRORS } from '../smpp-status.js';
import { ROK, statusName, statusNamed, TEMPORARY_ERROR } from './command-status.js';
import { Links, type Sent } from './links.js';
import { MessageIds } from './message-ids.js';
import type { Pdu } from './pdu.js';
import { readReceipt } from './receipt.js';
import { ReceiptIntake } from './receipt-intake.js';
import { smppOptions, type SmppConfig } from './smpp-options.js';
import { smppPage } from './smpp-page.js';
import { submitParts } from './submit-sm.js';

// Configuration: smpp-options.ts

// Sending

/** Messages whose answers came late, so that their receipts are still known. */
const MOST_LATE = 1_000;

/** An SMSC, spoken to by SMPP 3.4. */
class Smpp extends Provider {
  readonly channel = 'sms';
  private readonly links: Links;
  private readonly intake = new ReceiptIntake((pdu) => this.store(pdu));
  private readonly ids: MessageIds;
  private readonly errors: ErrorMap;
  private readonly attemptsOfLate = new Map<string, string>();
  private reference = randomInt(256);
  private opened = false;

  constructor(
    readonly id: string,
    private readonly config: SmppConfig,
    private readonly context: ProviderContext,
  ) {
    super();
    const { limits, log } = context;
    this.links = new Links(config, { limits, log, receive: (pdu) => this.intake.take(pdu) });
    this.ids = new MessageIds(config.messageIds, (messageIds) => {
      log.info('provider.message-ids-learned', { messageIds });
    });
    const own = Object.entries(config.errors ?? {});
    this.errors = Object.fromEntries(own.map(([code, refused]) => [statusNamed(code), refused]));
  }

  override breakerState(): BreakerState {
    return this.opened && !this.links.anyBound ? 'open' : 'closed';
  }

  override open(): void {
    this.opened = true;
    this.links.open();
  }

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    const begun = performance.now();
    const { connectMs, totalMs } = this.context.limits;
    const answerBy = begun + totalMs;
    const sendBy = begun + connectMs;
    // What has begun to go out gets more time to end.
    const nextBy = begun + (connectMs + totalMs) / 2;
    this.reference = (this.reference + 1) % 256;
    const parts = submitParts(request, this.config, { reference: this.reference, now: this.context.now() });
    const last = parts.pop() ?? {};
    for (const [index, part] of parts.entries()) {
      const by = { sendBy: index === 0 ? sendBy : nextBy, answerBy };
      const outcome = this.outcomeOf(await this.links.send(part, by), request);
      // The rest is not sent, so that what arrives, if anything does, is no message: it is safe to send it anew.
      if (outcome.kind === 'ambiguous') return refuse(UNREACHABLE, `part: ${outcome.detail}`);
      if (outcome.kind === 'refused') return outcome;
    }
    const late = (pdu: Pdu) => void this.answeredLate(pdu, request);
    const by = { sendBy: parts.length > 0 ? nextBy : sendBy, answerBy, late };
    return this.outcomeOf(await this.links.send(last, by), request);
  }

  // Reports: receipts come over the link, nothing comes by HTTP.

  readReports(): null {
    return null;
  }

  override async close(): Promise<void> {
    await this.links.close();
    await this.intake.idle();
  }

  /** The link is the SMSC's: what comes over it is as genuine as its answers are. */
  private async store(pdu: Pdu): Promise<number> {
    const receipt = readReceipt(pdu, this.config.unmarkedReceipts);
    if (!receipt) return ROK;
    const providerMessageId = this.ids.receipted(receipt);
    if (providerMessageId === undefined) {
      this.context.log.warn('provider.receipt-without-id', {});
      return ROK;
    }
    const { states, error } = receipt;
    const detail = [...states.slice(0, 1), ...(error === undefined ? [] : [`err:${error}`])].join(' ') || 'no state';
    const attemptId = this.attemptsOfLate.get(providerMessageId);
    const named = { providerId: this.id, providerMessageId, ...(attemptId !== undefined && { attemptId }) };
    const stored = await this.take({ ...named, ...meaningOfReceipt(states, error, this.config.statuses), detail });
    return stored ? ROK : TEMPORARY_ERROR;
  }

  /** @returns whether it is stored; if not, the SMSC is to bring it again. */
  private async take(report: Report): Promise<boolean> {
    try {
      await this.context.take([report]);
      return true;
    } catch {
      return false;
    }
  }

  /** The outcome is long recorded as ambiguous; what is known now is known by a report. */
  private async answeredLate({ status, fields }: Pdu, { attemptId, to }: SubmitRequest): Promise<void> {
    const named = { providerId: this.id, attemptId };
    if (status !== ROK) {
      const { cause } = this.refusalOf(status);
      await this.take({ ...named, status: 'failed', cause, detail: `late ${statusName(status)}` });
      return;
    }
    const id = messageIdIn(fields);
    if (id === undefined) return;
    const known = this.ids.answered(id, to);
    this.attemptsOfLate.set(known, attemptId);
    const [oldest] = this.attemptsOfLate.keys();
    if (this.attemptsOfLate.size > MOST_LATE && oldest !== undefined) this.attemptsOfLate.delete(oldest);
    await this.take({ ...named, status: 'underway', detail: 'answered late' });
  }

  // Errors

  private outcomeOf(sent: Sent, { to }: SubmitRequest): SubmitOutcome {
    switch (sent.kind) {
      case 'not-sent': {
        const { refused, detail, retryAfterSeconds } = sent;
        return { ...refuse(refused, detail), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
      }
      case 'lost':
        return { kind: 'ambiguous', detail: 'link lost' };
      case 'silent':
        return { kind: 'ambiguous', detail: 'timeout' };
      case 'answered': {
        const { status, fields } = sent.pdu;
        if (status !== ROK) return refuse(this.refusalOf(status), statusName(status));
        const id = messageIdIn(fields);
        return { kind: 'accepted', ...(id !== undefined && { providerMessageId: this.ids.answered(id, to) }) };
      }
    }
  }

  private refusalOf(status: number) {
    return refusalOf(statusName(status), this.errors, SUBMIT_ERRORS) ?? rejected('other');
  }
}

/** Printable, as long as the field may be (5.2.23); some SMSCs give none. */
function messageIdIn(fields: Pdu['fields']): string | undefined {
  const id = fields['message_id'];
  return typeof id === 'string' && /^[!-~]{1,65}$/.test(id) ? id : undefined;
}

export const smpp: ProviderType<SmppConfig> = {
  type: 'smpp',
  schema: smppOptions,
  page: smppPage,
  create: (id, config, context) => new Smpp(id, config, context),
};
