/** `command_status` of SMPP 3.4, section 5.1.3. */
const MESSAGE_QUEUE_FULL = 0x14;
const SYSTEM_ERROR = 0x08;
const INVALID_DESTINATION = 0x0b;
const SUBMIT_FAILED = 0x45;
const THROTTLED = 0x58;

/** `message_state` of SMPP 3.4, section 5.2.28, by the word that stands in a receipt's text. */
export const MESSAGE_STATES = {
  ENROUTE: 1,
  DELIVRD: 2,
  EXPIRED: 3,
  DELETED: 4,
  UNDELIV: 5,
  ACCEPTD: 6,
  UNKNOWN: 7,
  REJECTD: 8,
} as const;

export interface Receipt {
  afterMs: number;
  state: keyof typeof MESSAGE_STATES;
  error: string;
  /** What carries the verdict: the text, the TLVs or both; `hex` is text alone, with the id in hexadecimal. */
  form: 'both' | 'text' | 'tlv' | 'hex';
}

/** What the network does with a message. */
export interface Outcome {
  /** Answers to the submit: the first one to the first try and so on, the last one to all later ones; 0 accepts, null is silence. */
  answers: (number | null)[];
  receipts: Receipt[];
  /** `receipt-first`: the report overtakes the submit's answer. `cut`: the link dies after the answer. */
  quirk?: 'receipt-first' | 'cut';
}

const receipt = (afterMs: number, state: Receipt['state'], error = '000', form: Receipt['form'] = 'both') => ({
  afterMs,
  state,
  error,
  form,
});
const accepted = (...receipts: Receipt[]): Outcome => ({ answers: [0], receipts });
const answered = (...answers: (number | null)[]): Outcome => ({ answers, receipts: [] });

/** The last two digits of the recipient's number choose; every other number is delivered. */
const OUTCOMES: Record<string, Outcome> = {
  '02': accepted(receipt(50, 'UNDELIV', '001')),
  '03': accepted(receipt(50, 'EXPIRED')),
  '04': accepted(receipt(50, 'REJECTD', '008')),
  '05': accepted(),
  '06': accepted(receipt(50, 'DELIVRD'), receipt(300, 'DELIVRD')),
  '07': accepted(receipt(50, 'DELIVRD'), receipt(300, 'ENROUTE')),
  '08': answered(THROTTLED),
  '09': answered(INVALID_DESTINATION),
  '10': accepted(receipt(6_000, 'DELIVRD')),
  '11': { ...accepted(receipt(0, 'DELIVRD')), quirk: 'receipt-first' },
  '12': accepted(receipt(50, 'UNKNOWN')),
  '13': accepted(receipt(50, 'DELETED')),
  '14': accepted(receipt(50, 'ACCEPTD'), receipt(400, 'DELIVRD')),
  '15': accepted(receipt(50, 'UNDELIV', '027', 'tlv')),
  '16': answered(null),
  '17': accepted(receipt(50, 'DELIVRD', '000', 'hex')),
  '18': { answers: [THROTTLED, 0], receipts: [receipt(50, 'DELIVRD')] },
  '19': answered(MESSAGE_QUEUE_FULL),
  '20': answered(SUBMIT_FAILED),
  '21': accepted(receipt(50, 'UNDELIV', '001'), receipt(2_000, 'DELIVRD')),
  '22': accepted(receipt(50, 'DELIVRD', '000', 'text')),
  '23': answered(SYSTEM_ERROR),
  '24': { ...accepted(), quirk: 'cut' },
  '25': accepted(receipt(50, 'EXPIRED', '000', 'text')),
  '26': accepted(receipt(0, 'DELIVRD')),
};

/** @param recipient the number a message goes to. */
export function outcomeFor(recipient: string): Outcome {
  return OUTCOMES[recipient.slice(-2)] ?? accepted(receipt(50, 'DELIVRD'));
}
