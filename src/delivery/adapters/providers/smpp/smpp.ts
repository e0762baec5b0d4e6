import { randomInt } from 'node:crypto';
import { Provider, type SubmitRequest } from '../../../application/provider.js';
import type { NoLink } from '../../../application/provider-health.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refuse, UNREACHABLE } from '../outcomes/error-map.js';
import { isOneNumber, NOT_ONE_NUMBER } from '../options/one-number.js';
import { Links, type SendOptions } from './links.js';
import { MessageIds } from './message-ids.js';
import { ReceiptIntake } from './receipt-intake.js';
import { smppOptions, type SmppConfig } from './smpp-options.js';
import { smppPage } from './smpp-page.js';
import { SmppReports } from './smpp-reports.js';
import { SubmitAnswers } from './submit-answers.js';
import { submitParts, submitSize, type SubmitFields } from './submit-sm.js';

// Configuration: smpp-options.ts

/** An SMSC, spoken to by SMPP 3.4 over links of this process's own. */
class Smpp extends Provider {
  readonly channel = 'sms';
  private readonly ids: MessageIds;
  private readonly answers: SubmitAnswers;
  private readonly reports: SmppReports;
  private readonly intake: ReceiptIntake;
  private readonly links: Links;
  private reference = randomInt(256);
  private opened = false;

  constructor(
    readonly id: string,
    private readonly config: SmppConfig,
    private readonly context: ProviderContext,
  ) {
    super();
    const { limits, log } = context;
    this.ids = new MessageIds(config.messageIds, (messageIds) => {
      log.info('provider.message-ids-learned', { messageIds });
    });
    this.answers = new SubmitAnswers(config.errors);
    this.reports = new SmppReports(config, context, this.ids, this.answers);
    this.intake = new ReceiptIntake((pdu) => this.reports.delivered(id, pdu));
    this.links = new Links(config, { limits, log, receive: (pdu) => this.intake.take(pdu) });
  }

  /** Open while nobody has let us in. */
  override breakerState(): 'open' | 'closed' {
    return this.opened && !this.links.anyBound ? 'open' : 'closed';
  }

  override noLink(): NoLink | null {
    const down = this.links.downBecause;
    if (!down) return null;
    const inMs = Math.max(0, Math.ceil(down.triedAgainAt - performance.now()));
    return { because: down.detail, triedAgainAt: this.context.now() + inMs };
  }

  override open(): void {
    this.opened = true;
    this.links.open();
  }

  // Sending

  async submit(request: SubmitRequest): Promise<SubmitOutcome> {
    if (!isOneNumber(request.to)) return NOT_ONE_NUMBER;
    const begun = performance.now();
    const { connectMs, totalMs } = this.context.limits;
    const answerBy = begun + totalMs;
    let sendBy = begun + connectMs;
    const parts = this.partsOf(request);
    const last = parts.pop() ?? {};
    for (const part of parts) {
      const outcome = await this.send(part, request, { sendBy, answerBy });
      // The rest is not sent, so that what arrives, if anything does, is no message: it is safe to send it anew.
      if (outcome.kind === 'ambiguous') return refuse(UNREACHABLE, `part: ${outcome.detail}`);
      if (outcome.kind === 'refused') return outcome;
      // What has begun to go out gets more time to end.
      sendBy = begun + (connectMs + totalMs) / 2;
    }
    // Without the text: an answer may never come, and a code is not to be kept for it.
    const attempt = { providerId: this.id, attemptId: request.attemptId, to: request.to };
    const late: SendOptions['late'] = (pdu) => void this.reports.answeredLate(attempt, pdu);
    return this.send(last, request, { sendBy, answerBy, late });
  }

  // Reports: receipts come over the link, nothing comes by HTTP. The link is what proves them genuine.

  readReports(): null {
    return null;
  }

  override close(): Promise<void> {
    return this.links.close(() => this.intake.close(this.context.limits.totalMs));
  }

  private partsOf(request: SubmitRequest): SubmitFields[] {
    this.reference = (this.reference + 1) % 256;
    return submitParts(request, this.config, { reference: this.reference, now: this.context.now() });
  }

  // Errors: submit-answers.ts

  private async send(fields: SubmitFields, { to, text }: SubmitRequest, options: SendOptions): Promise<SubmitOutcome> {
    const sent = await this.links.send(fields, options);
    const outcome = this.answers.outcome(sent, (id) => this.ids.answered(id, to));
    // Every other text is measured as it is sent.
    if (outcome.kind === 'refused' || this.config.defaultAlphabet === 'gsm7') return outcome;
    return { ...outcome, size: submitSize(text, this.config) };
  }
}

export const smpp: ProviderType<SmppConfig> = {
  type: 'smpp',
  schema: smppOptions,
  page: smppPage,
  create: (id, config, context) => new Smpp(id, config, context),
};
