import type { SubmitOutcome } from '../../../domain/outcome.js';
import { refusalOf, refuse, rejected, type ErrorMap, type Refused } from '../outcomes/error-map.js';
import { SUBMIT_ERRORS } from '../receipts/submit-errors.js';
import { ROK, statusName, statusNamed } from '../receipts/command-status.js';
import type { Sent } from './links.js';
import type { Pdu } from './pdu.js';

/** What answers to submits mean at one SMSC. */
export class SubmitAnswers {
  private readonly own: ErrorMap;

  /** @param errors the operator's meanings, under names or numbers of `command_status`. */
  constructor(errors: ErrorMap = {}) {
    this.own = Object.fromEntries(Object.entries(errors).map(([code, refused]) => [statusNamed(code), refused]));
  }

  refusal(status: number): Refused {
    return refusalOf(statusName(status), this.own, SUBMIT_ERRORS) ?? rejected('other');
  }

  /** @param idOf gives the id under which a message is known, from the one in the answer. */
  outcome(sent: Sent, idOf: (id: string) => string): SubmitOutcome {
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
        const { command, status } = sent.pdu;
        if (status !== ROK) return refuse(this.refusal(status), statusName(status));
        if (command !== 'submit_sm_resp') return { kind: 'ambiguous', detail: 'another answer' };
        const id = messageIdIn(sent.pdu);
        return { kind: 'accepted', ...(id !== undefined && { providerMessageId: idOf(id) }) };
      }
    }
  }
}

/** Printable, as long as the field may be (5.2.23); some SMSCs give none. */
export function messageIdIn({ fields }: Pdu): string | undefined {
  const id = fields['message_id'];
  return typeof id === 'string' && /^[!-~]{1,65}$/.test(id) ? id : undefined;
}
