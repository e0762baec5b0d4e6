import type { ProviderContext } from '../../../application/provider-type.js';
import type { Report } from '../../../domain/outcome.js';
import { meaningOfReceipt } from '../receipts/receipt-meaning.js';
import { receiptDetail } from '../receipts/receipt-text.js';
import { permanent, transient } from '../outcomes/status-map.js';
import { ROK, statusName, TEMPORARY_ERROR } from '../receipts/command-status.js';
import type { MessageIds } from './message-ids.js';
import type { Pdu } from './pdu.js';
import { readReceipt } from './receipt.js';
import { Remembered } from './remembered.js';
import type { SmppConfig } from './smpp-options.js';
import { messageIdIn, type SubmitAnswers } from './submit-answers.js';

/** Messages whose answers came late, so that their receipts are still known. */
const MOST_LATE = 1_000;

/** What the SMSC says of messages after their submits: receipts, and answers that came too late. */
export class SmppReports {
  private readonly attemptsOfLate = new Remembered<string>(MOST_LATE);

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
    const ids = this.ids.receipted(receipt);
    if (ids.length === 0) {
      this.context.log.warn('provider.receipt-without-id', {});
      return ROK;
    }
    const { states, error } = receipt;
    const detail = receiptDetail(states[0], error) || 'no state';
    const said = { providerId, ...meaningOfReceipt(states, error, this.config.statuses), detail };
    return (await this.take(this.namesOf(ids).map((name) => ({ ...said, ...name })))) ? ROK : TEMPORARY_ERROR;
  }

  /** The outcome is long recorded as ambiguous; what is known now is known by a report. */
  async answeredLate(attempt: { providerId: string; attemptId: string; to: string }, pdu: Pdu): Promise<void> {
    const { to, ...named } = attempt;
    if (pdu.status !== ROK) {
      const { failure, cause } = this.answers.refusal(pdu.status);
      const meaning = failure === 'rejected' ? permanent(cause) : transient(cause);
      await this.take([{ ...named, ...meaning, detail: `late ${statusName(pdu.status)}` }]);
      return;
    }
    const id = messageIdIn(pdu);
    if (id === undefined) return;
    this.attemptsOfLate.set(this.ids.answered(id, to), attempt.attemptId);
    await this.take([{ ...named, status: 'underway', detail: 'answered late' }]);
  }

  /** One whose answer came late is known here alone. */
  private namesOf(ids: readonly string[]): Pick<Report, 'providerMessageId' | 'attemptId'>[] {
    for (const providerMessageId of ids) {
      const attemptId = this.attemptsOfLate.get(providerMessageId);
      if (attemptId !== undefined) return [{ providerMessageId, attemptId }];
    }
    return ids.map((providerMessageId) => ({ providerMessageId }));
  }

  private async take(reports: Report[]): Promise<boolean> {
    try {
      await this.context.take(reports);
      return true;
    } catch {
      return false;
    }
  }
}
