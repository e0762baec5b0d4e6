import PostalMime, { type Email } from 'postal-mime';
import type { Meaning, StatusMap } from '../outcomes/status-map.js';
import { readDeliveryStatus } from './delivery-status.js';
import { meaningFor } from './dsn-statuses.js';

/** The report comes before the message it returns; what would come later than this is no server's. */
const MOST_LINES = 4_000;
const MOST_BYTES = 128 * 1_024;
const MOST_HEADERS = 64 * 1_024;
const MOST_NESTED = 16;
/** RFC 3464, and RFC 6533 for addresses beyond ASCII. */
const REPORT_PARTS = ['message/delivery-status', 'message/global-delivery-status'];

type Bounce = Meaning & {
  /** In short: `failed 550 5.1.1`. */
  detail: string;
};

/**
 * Reads a mail that came back. Only a delivery status notification says what became of a message: an auto-reply, a complaint
 * or a text for people is `unknown`. Never throws.
 *
 * @param raw the message as it came; it may lack its end.
 * @param statuses the operator's own meanings.
 */
export async function readBounce(raw: Buffer, statuses: StatusMap | undefined): Promise<Bounce> {
  const mail = await parsed(raw);
  if (!mail) return unknown('unreadable mail');
  const part = mail.attachments.find(({ mimeType }) => REPORT_PARTS.includes(mimeType));
  if (!part) return unknown(whatElse(mail));
  const recipients = readDeliveryStatus(textOf(part.content));
  return mildest(recipients.map((recipient) => meaningFor(recipient, statuses))) ?? unknown('empty report');
}

async function parsed(raw: Buffer): Promise<Email | null> {
  try {
    // A message within is evidence, never part of the report.
    const options = { forceRfc822Attachments: true, maxNestingDepth: MOST_NESTED, maxHeadersSize: MOST_HEADERS };
    return await PostalMime.parse(beginningOf(raw), options);
  } catch {
    return null;
  }
}

/** Parsing costs by the line and blocks everybody: no mail may ask for more than a real report does. */
function beginningOf(raw: Buffer): Buffer {
  const mail = raw.subarray(0, MOST_BYTES);
  let end = 0;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const feed = mail.indexOf('\n', end);
    if (feed === -1) return mail;
    end = feed + 1;
  }
  return mail.subarray(0, end);
}

const textOf = (content: ArrayBuffer | Uint8Array | string) =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

const unknown = (detail: string): Bounce => ({ status: 'unknown', detail });

function whatElse({ attachments, headers }: Email): string {
  if (attachments.some(({ mimeType }) => mimeType === 'message/feedback-report')) return 'complaint';
  const submitted = headers.find(({ key }) => key === 'auto-submitted')?.value ?? 'no';
  return /^no\b/i.test(submitted) ? 'no report' : 'auto-reply';
}

const MILDEST_FIRST = ['delivered', 'underway', 'unknown', 'failed'] as const;

/** We write to one mailbox. Where that stands for several, one that was reached is enough, and all must fail for a failure. */
function mildest(recipients: Bounce[]): Bounce | undefined {
  const ranked = MILDEST_FIRST.flatMap((wanted) => recipients.filter(({ status }) => status === wanted));
  return ranked[0];
}
