import { readReceiptText, receiptError } from '../receipts/receipt-text.js';
import type { Pdu } from './pdu.js';

/** What an SMSC says about a message it was given. */
export interface Receipt {
  /** Ids as they stand there: in the text, and in `receipted_message_id`. */
  textId?: string;
  tlvId?: string;
  /** Words of the text, and of `message_state`, as SMPP 3.4 spells them in texts. */
  states: string[];
  /** The network's error code as it was written: `001`. */
  error?: string;
  /** Both its addresses: the phone it speaks of is the source's (4.6.1), though some SMSCs leave it where it stood in the submit. */
  phones: string[];
}

/** Tags of 5.3.2. */
const RECEIPTED_MESSAGE_ID = 0x001e;
const NETWORK_ERROR_CODE = 0x0423;
const MESSAGE_PAYLOAD = 0x0424;
const MESSAGE_STATE = 0x0427;

/** `message_state` (5.2.28; 5.0 adds the first and the last) in the words of receipts. */
const STATES = [
  ...['SCHEDULED', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED'],
  ...['UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD', 'SKIPPED'],
];

/** Digits of the shortest number of a phone (E.164). */
const SHORTEST_NUMBER = 7;

/** Kinds of message in bits 5 to 2 of `esm_class` (5.2.12): a receipt of the SMSC's, final or on the way. */
const KIND = 0x3c;
const RECEIPT_KINDS = [0x04, 0x20];

/**
 * Reads a receipt by text, by optional parameters, or both.
 *
 * @param unmarked whether a text alone makes a receipt. A phone can write one, so only where none can write to us.
 * @returns null for what is none: a message from a phone, or an acknowledgement by hand.
 */
export function readReceipt({ fields, tlvs }: Pdu, unmarked = false): Receipt | null {
  const tlvId = readId(tlvs.get(RECEIPTED_MESSAGE_ID)?.toString('latin1').split('\0')[0]);
  const text = readReceiptText(textOf(fields['short_message'], tlvs.get(MESSAGE_PAYLOAD)));
  const textId = readId(text.id);
  const word = text.state;
  const marked = RECEIPT_KINDS.includes(Number(fields['esm_class'] ?? 0) & KIND) || tlvId !== undefined;
  if (!marked && !(unmarked && textId !== undefined && word !== undefined)) return null;
  const byNumber = STATES[tlvs.get(MESSAGE_STATE)?.[0] ?? -1];
  const error = receiptError(text.error, tlvs.get(NETWORK_ERROR_CODE));
  return {
    ...(textId !== undefined && { textId }),
    ...(tlvId !== undefined && { tlvId }),
    states: [word, byNumber].filter((state) => state !== undefined),
    ...(error !== undefined && { error }),
    phones: [fields['source_addr'], fields['destination_addr']].flatMap(phoneIn),
  };
}

/** Octets are read as they are: receipts are written in ASCII, whatever `data_coding` says, or two octets to a letter. */
function textOf(short: unknown, payload: Buffer | undefined): string {
  const bytes = Buffer.isBuffer(short) && short.length > 0 ? short : (payload ?? Buffer.alloc(0));
  return bytes.toString('latin1').replaceAll('\0', '');
}

/** Printable, as long as the field may be (5.2.23). */
const readId = (id: string | undefined) => (id !== undefined && /^[!-~]{1,65}$/.test(id) ? id : undefined);

/** Digits of what may be a phone's number; of sender ids and short codes nothing is left. */
function phoneIn(address: unknown): string[] {
  const digits = typeof address === 'string' ? address.replace(/\D/g, '') : '';
  return digits.length < SHORTEST_NUMBER ? [] : [digits];
}
