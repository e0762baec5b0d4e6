import { PERIOD_SECONDS, TOTP_ALGORITHMS, TOTP_DIGITS, type TotpAlgorithm, type TotpParameters } from './factor.js';
import { readBase32 } from './read-base32.js';
import { readOtpauth } from './read-otpauth.js';
import { refused, type Refused } from './refused.js';

/** An authenticator that was enrolled elsewhere, as a team brings it along: by its address, or by what it was made of. */
export interface ForeignFactor {
  subject: string;
  /** `otpauth://totp/…`; says the rest as well. */
  uri?: string | undefined;
  /** Base32. */
  secret?: string | undefined;
  label?: string | undefined;
  algorithm?: string | undefined;
  digits?: number | undefined;
  /** Seconds. */
  period?: number | undefined;
}

/** One that can be checked here. */
export interface ReadFactor {
  kind: 'read';
  subject: string;
  label: string | null;
  secret: Buffer;
  totp: TotpParameters;
}

/** RFC 4226 section 4, R6: a shared secret has at least 128 bits. Beyond the longest hash's 512 otplib computes nothing. */
export const FOREIGN_SECRET_BYTES = { least: 16, most: 64 };
const NAME_LENGTH = 64;

/** Reads what somebody brings along. What is not said is as every app takes it: SHA-1, 6 digits, 30 s. What is not kept is not judged. */
export function readForeignFactor({ subject, uri, secret, ...given }: ForeignFactor): ReadFactor | Refused {
  const { label, algorithm, digits, period } = given;
  if (uri === undefined) {
    if (secret === undefined) return refused('Give its `secret` or its `uri`.');
    return judged({ subject, secret, label, algorithm, digits: digits ?? 6, period: period ?? 30 });
  }
  const besides = [secret, algorithm, digits, period].some((value) => value !== undefined);
  if (besides) return refused('`uri` says secret, algorithm, digits and period. Give none of them besides.');
  const read = readOtpauth(uri);
  if (read.kind === 'refused') return read;
  const { uri: said } = read;
  return judged({
    ...{ subject, secret: said.secret, label: label ?? cut(said.account) },
    ...{ algorithm: said.algorithm, digits: wholeNumber(said.digits ?? '6'), period: wholeNumber(said.period ?? '30') },
  });
}

/** NaN for what is none as people write it: `Number` takes 6e0 and 0x1e as well, which apps read as something else. */
const wholeNumber = (text: string) => (/^\d{1,2}$/.test(text) ? Number(text) : NaN);

/**
 * An address is written for an app, which may have room for more: nobody has to enrol anew because of a long name. What somebody
 * gives here as a name is not cut.
 */
const cut = (name: string | undefined) => name?.slice(0, NAME_LENGTH).replace(/[\uD800-\uDBFF]$/, '');

type Said = Omit<ForeignFactor, 'uri'> & { secret: string; digits: number; period: number };

function judged({ subject, secret, label, ...said }: Said): ReadFactor | Refused {
  const bytes = readBase32(secret);
  if (!bytes) return refused('The secret is not base32: letters from A to Z and digits from 2 to 7.');
  const bits = String(bytes.length * 8);
  if (bytes.length < FOREIGN_SECRET_BYTES.least) {
    return refused(`The secret has ${bits} bits, and takes 128 (RFC 4226 section 4). Let the person enrol anew.`);
  }
  if (bytes.length > FOREIGN_SECRET_BYTES.most) return refused(`The secret has ${bits} bits, and may have 512.`);
  const totp = parametersOf(said);
  if (totp.kind === 'refused') return totp;
  if (!isName(label))
    return refused(`The label is empty, longer than ${String(NAME_LENGTH)} characters, or holds control characters.`);
  return { kind: 'read', subject, label: label ?? null, secret: bytes, totp: totp.parameters };
}

function parametersOf(
  said: Pick<Said, 'algorithm' | 'digits' | 'period'>,
): { kind: 'read'; parameters: TotpParameters } | Refused {
  const { period } = said;
  const algorithm = algorithmOf(said.algorithm ?? 'SHA1');
  if (!algorithm) return refused('The algorithm is none of SHA1, SHA256 and SHA512.');
  const digits = TOTP_DIGITS.find((number) => number === said.digits);
  if (digits === undefined) return refused('A code must have 6 to 8 digits.');
  if (!Number.isInteger(period) || period < PERIOD_SECONDS.least || period > PERIOD_SECONDS.most)
    return refused('A period must be 15 to 60 seconds.');
  return { kind: 'read', parameters: { algorithm, digits, period } };
}

/** Also as some write it: `sha1`, `SHA-256`, `HmacSHA512`. */
function algorithmOf(text: string): TotpAlgorithm | undefined {
  const name = text.toUpperCase().replace(/^HMAC/, '').replace(/[-_]/g, '');
  return TOTP_ALGORITHMS.find((algorithm) => algorithm === name);
}

const isName = (text: string | undefined) =>
  text === undefined || (text !== '' && text.length <= NAME_LENGTH && /^[^\p{Cc}\p{Cs}]*$/u.test(text));
