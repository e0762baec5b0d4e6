/** RFC 3464, 2.3.3. */
const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/** What a report says of one recipient (RFC 3464, 2.3), without anything that names the recipient. */
export interface RecipientStatus {
  /** In lower case; anything else is empty, since a recipient may write what they like. */
  action: (typeof ACTIONS)[number] | '';
  /** Enhanced code (RFC 3463): `5.1.1`. */
  code?: string;
  /** The SMTP reply that the receiving server gave: `550`. */
  reply?: string;
}

/**
 * Reads the machine-readable part of a delivery status notification: every group of fields that tells of a recipient.
 *
 * @param text the decoded part, fields folded or not, lines ending in CR LF or LF.
 */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  const unfolded = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n[ \t]+/g, ' ');
  const groups = unfolded.split(/\n{2,}/).map(fieldsOf);
  // The first group is of the message; some servers leave out the empty line behind it.
  return groups.filter((fields) => fields.has('action')).map(toStatus);
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.split('\n')) {
    const [, name = '', value = ''] = /^([A-Za-z0-9-]{1,64})[ \t]*:(.*)$/.exec(line) ?? [];
    if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

function toStatus(fields: Map<string, string>): RecipientStatus {
  const word = /^[a-z]{1,16}\b/i.exec(fields.get('action') ?? '')?.[0].toLowerCase();
  const action = ACTIONS.find((known) => known === word) ?? '';
  const status = /^[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0];
  const { reply, code = corrected(status, reply) } = readDiagnostic(fields.get('diagnostic-code') ?? '');
  return { action, ...(code !== undefined && { code }), ...(reply !== undefined && { reply }) };
}

/** Where the server's own words begin with its reply, or somewhere hold one that no number in a sentence could be. */
const DIAGNOSTICS = [
  /^(?:[^;]{0,64};)?\s*(?<reply>[45]\d\d)\b(?:[ -]+#?(?<code>[45]\.\d{1,3}\.\d{1,3})\b)?/,
  /^(?:[^;]{0,64};)?\s*#?(?<code>[45]\.\d{1,3}\.\d{1,3})\b/,
  /\b(?<reply>([45])\d\d)[ -]+#?(?<code>\2\.\d{1,3}\.\d{1,3})\b/,
];

/** The receiving server's own code goes before the reporting one's: Exim says 5.0.0 of whatever it gives up. */
function readDiagnostic(diagnostic: string): { reply?: string; code?: string } {
  for (const pattern of DIAGNOSTICS) {
    const groups = pattern.exec(diagnostic)?.groups;
    if (groups) return groups;
  }
  return {};
}

/** A reply of 452 under a status of 5.2.2 is a 4.2.2. */
const corrected = (status: string | undefined, reply: string | undefined) =>
  status !== undefined && reply !== undefined ? reply.charAt(0) + status.slice(1) : status;
