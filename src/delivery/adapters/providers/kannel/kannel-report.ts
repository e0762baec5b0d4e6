import { refusalOf } from '../outcomes/error-map.js';
import { meaningOfReceipt } from '../receipts/receipt-meaning.js';
import { readReceiptText, receiptDetail, receiptError } from '../receipts/receipt-text.js';
import { SUBMIT_ERRORS } from '../receipts/submit-errors.js';
import { statusName } from '../receipts/command-status.js';
import { permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';

/** The escapes Kannel fills in: status bits, the SMSC's message id, its reply or receipt, and its meta-data. */
export const REPORT_QUERY = 'd=%d&F=%F&A=%A&D=%D';

/** `gw/dlr.h`: what the bits of `%d` say. Expired is 34, a failure with a reason, so bits are tested, never numbers compared. */
const DELIVERED = 1;
const FAILED = 2;
const BUFFERED = 4;
const ACCEPTED = 8;
const REJECTED = 16;
const EXPIRED = 32;
const UNKNOWN = 64;

export type KannelStatus = Meaning & {
  /** The vendor's status in short. Never the receipt itself: its `text:` is the beginning of the message. */
  detail: string;
};

/**
 * Reads what Kannel called back with.
 *
 * @param query the escapes of REPORT_QUERY, filled in.
 * @param own what this SMSC's words and network error codes mean, over the common ones.
 * @returns null when it is no report.
 */
export function readKannelReport(query: Record<string, string>, own: StatusMap = {}): KannelStatus | null {
  if (!/^\d{1,4}$/.test(query['d'] ?? '')) return null;
  const bits = Number(query['d']);
  const receipt = readReceipt(query);
  if (bits & DELIVERED) return { status: 'delivered', detail: receipt.detail };
  if (bits & UNKNOWN) return { status: 'unknown', detail: receipt.detail };
  if (bits & EXPIRED) return ofReceipt({ ...receipt, state: 'EXPIRED' }, own);
  if (bits & FAILED) return ofReceipt(receipt, own);
  if (bits & REJECTED) return readRefusal(query['A'] ?? '');
  if (bits & (BUFFERED | ACCEPTED)) return { status: 'underway', detail: receipt.detail };
  return { status: 'unknown', detail: receipt.detail };
}

interface Receipt {
  state: string | undefined;
  error: string | undefined;
  detail: string;
}

/** The receipt's text where the SMSC sent one; its error code also stands in the meta-data, where receipts come as TLVs only. */
function readReceipt(query: Record<string, string>): Receipt {
  const { state, error: written } = readReceiptText(query['A'] ?? '');
  const error = receiptError(written, networkErrorIn(query['D'] ?? ''));
  return { state, error, detail: receiptDetail(state, error) || `dlr ${query['d'] ?? ''}` };
}

/** `?smpp?dlr_err=%03%00%1B&`: the octets of `network_error_code`, of which Kannel escapes all but letters and digits. */
function networkErrorIn(meta: string): Buffer | undefined {
  const escaped = /dlr_err=([^&]*)/.exec(meta)?.[1];
  if (escaped === undefined) return undefined;
  const octets = escaped
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}

/** A failure without a state we know is one all the same; only `UNKNOWN` says that nobody knows. */
function ofReceipt({ state = 'UNDELIV', error, detail }: Receipt, own: StatusMap): KannelStatus {
  const meaning = meaningOfReceipt([state, 'UNDELIV'], error, own);
  const failed = meaning.status === 'failed' || (meaning.status === 'unknown' && state === 'UNKNOWN');
  return { ...(failed ? meaning : transient('other')), detail };
}

/** Kannel's own refusals, in place of the SMSC's. After the first two the message may still arrive. */
const REFUSALS: readonly { text: RegExp; meaning: Meaning; detail: string }[] = [
  // Sent several times without an answer: perhaps it was the answer that was lost.
  { text: /^NACK\/Retries Exceeded/, meaning: { status: 'unknown' }, detail: 'NACK/Retries Exceeded' },
  // A second gateway behind the first has it in its queue.
  { text: /^NACK\/3: Queued/, meaning: { status: 'unknown' }, detail: 'NACK/3: Queued for later delivery' },
  { text: /^NACK\/Not routable/, meaning: permanent('blocked'), detail: 'NACK/Not routable' },
];

function readRefusal(text: string): KannelStatus {
  const code = /^NACK\/(0x[0-9a-f]{8})/i.exec(text)?.[1]?.toLowerCase();
  if (code !== undefined) return { ...ofSubmitError(Number(code)), detail: `NACK/${code}` };
  const known = REFUSALS.find((refusal) => refusal.text.test(text));
  return known ? { ...known.meaning, detail: known.detail } : { ...transient('provider'), detail: 'NACK' };
}

/** The SMSC's refusal of submit_sm: what is no verdict on the number, another provider may take. */
function ofSubmitError(code: number): Meaning {
  const refused = refusalOf(statusName(code), SUBMIT_ERRORS);
  if (!refused) return permanent('other');
  return refused.failure === 'rejected' ? permanent(refused.cause) : transient(refused.cause);
}
