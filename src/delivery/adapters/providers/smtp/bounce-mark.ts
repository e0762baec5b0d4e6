/** Says which send attempt a message carries, and proves that we sent it. */
export interface BounceMark {
  /** `att_` and 16 bytes in base64url, as every id of ours. */
  attemptId: string;
  /** Of the attempt's report address: 16 bytes in base64url. */
  mac: string;
}

/** The mailbox that takes bounces, and what divides its name from a mark. */
export interface BounceMailbox {
  address: string;
  delimiter: string;
}

/** 32 bytes as a number to the base 36. */
export const MARK_CHARACTERS = 50;
const MARK_BYTES = 32;
/** A bounce repeats one mark; looking at many is work that a stranger could ask for. */
const MOST_LOOKED_AT = 32;

/** A message's name: its envelope id (RFC 3461, 4.4) and the left side of its Message-ID. */
export const messageName = ({ attemptId, mac }: BounceMark): string => `${attemptId}.${mac}`;

/**
 * A message's own envelope sender (VERP). Ids and MACs tell upper from lower case, and mail servers need not: so both are one
 * number, in digits and letters of one case.
 */
export function bounceAddress({ address, delimiter }: BounceMailbox, { attemptId, mac }: BounceMark): string {
  const bytes = Buffer.concat([
    Buffer.from(attemptId.slice(PREFIX.length), 'base64url'),
    Buffer.from(mac, 'base64url'),
  ]);
  const mark = BigInt(`0x${bytes.toString('hex')}`)
    .toString(36)
    .padStart(MARK_CHARACTERS, '0');
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}${delimiter}${mark}${address.slice(at)}`;
}

/**
 * Marks of ours in a message as it came, wherever they stand: its recipient, its envelope id, the headers of the returned
 * message. What others put before or behind an address on its way (BATV, SRS) does not hide it. None of them is proven yet.
 */
export function marksIn(message: string, mailbox: BounceMailbox | undefined): BounceMark[] {
  // Quoted-printable breaks lines anywhere.
  const text = message.replace(/=\r?\n/g, '');
  const addressed = mailbox ? [...text.matchAll(addressPattern(mailbox))] : [];
  const named = [...text.matchAll(/\b(att_[\w-]{22})\.([\w-]{22})(?![\w-])/g)];
  return [
    ...addressed.slice(0, MOST_LOOKED_AT).flatMap(([, mark = '']) => decoded(mark)),
    ...named.slice(0, MOST_LOOKED_AT).map(([, attemptId = '', mac = '']) => ({ attemptId, mac })),
  ];
}

const PREFIX = 'att_';

function addressPattern({ address, delimiter }: BounceMailbox): RegExp {
  const name = address.slice(0, address.lastIndexOf('@')).replace(/[^a-z0-9]/gi, '\\$&');
  return new RegExp(`${name}\\${delimiter}([0-9a-z]{${String(MARK_CHARACTERS)}})(?![0-9a-z])`, 'gi');
}

function decoded(mark: string): BounceMark[] {
  let number = 0n;
  for (const digit of mark.toLowerCase()) number = number * 36n + BigInt(Number.parseInt(digit, 36));
  const hex = number.toString(16).padStart(2 * MARK_BYTES, '0');
  if (hex.length > 2 * MARK_BYTES) return [];
  const bytes = Buffer.from(hex, 'hex');
  const attemptId = PREFIX + bytes.subarray(0, 16).toString('base64url');
  return [{ attemptId, mac: bytes.subarray(16).toString('base64url') }];
}
