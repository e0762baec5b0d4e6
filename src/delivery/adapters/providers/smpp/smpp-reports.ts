import type { ProviderContext } from '../../../application/provider-type.js';
import type { Report } from '../../../domain/outcome.js';
import { meaningOfReceipt } from '../receipts/receipt-meaning.js';
import { receiptDetail } from '../receipts/receipt-text.js';
import { permanent, transient } from '../outcomes/status-map.js';
import { ROK, statusName, TEMPORARY_ERROR } from '../receipts/command-status.js';
import type { MessageIds } from './message-ids.js';
import type { Pdu } from './pdu.js';
import { readReceipt } from './receipt.js';
import type { SmppConfig } from './smpp-options.js';
import { messageIdIn, type SubmitAnswers } from './submit-answers.js';

/** Messages whose answers came late, so that their receipts are still known. */
const MOST_LATE = 1_000;

/** What the SMSC says of messages after their submits: receipts, and answers that came too late. */
export class SmppReports {
  private readonly attemptsOfLate = new Map<string, string>();

  constructor(
    private readonly config: SmppConfig,
    private readonly context: Pick<ProviderContext, 'take' | 'log'>,
    private readonly ids: MessageIds,
    private readonly answers: SubmitAnswers,
  ) {}

  /**
   * Takes what was delivered. What is no receipt is acknowledged and dropped: nobody waits for texts from phones.
   *
   * @returns the `command_status` of the answer: a receipt that could not be stored is to come again.
   */
  async delivered(providerId: string, pdu: Pdu): Promise<number> {
    const receipt = readReceipt(pdu, this.config.unmarkedReceipts);
    if (!receipt) return ROK;
    const providerMessageId = this.ids.receipted(receipt);
    if (providerMessageId === undefined) {
      this.context.log.warn('provider.receipt-without-id', {});
      return ROK;
    }
    const { states, error } = receipt;
    const detail = receiptDetail(states[0], error) || 'no state';
    const attemptId = this.attemptsOfLate.get(providerMessageId);
    const named = { providerId, providerMessageId, ...(attemptId !== undefined && { attemptId }) };
    const meaning = meaningOfReceipt(states, error, this.config.statuses);
    return (await this.take({ ...named, ...meaning, detail })) ? ROK : TEMPORARY_ERROR;
  }

  /** The outcome is long recorded as ambiguous; what is known now is known by a report. */
  async answeredLate(attempt: { providerId: string; attemptId: string; to: string }, pdu: Pdu): Promise<void> {
    const { to, ...named } = attempt;
    if (pdu.status !== ROK) {
      const { failure, cause } = this.answers.refusal(pdu.status);
      const meaning = failure === 'rejected' ? permanent(cause) : transient(cause);
      await this.take({ ...named, ...meaning, detail: `late ${statusName(pdu.status)}` });
      return;
    }
    const id = messageIdIn(pdu);
    if (id === undefined) return;
    this.attemptsOfLate.set(this.ids.answered(id, to), attempt.attemptId);
    const [oldest] = this.attemptsOfLate.keys();
    if (this.attemptsOfLate.size > MOST_LATE && oldest !== undefined) this.attemptsOfLate.delete(oldest);
    await this.take({ ...named, status: 'underway', detail: 'answered late' });
  }

  private async take(report: Report): Promise<boolean> {
    try {
      await this.context.take([report]);
      return true;
    } catch {
      return false;
    }
  }
}
