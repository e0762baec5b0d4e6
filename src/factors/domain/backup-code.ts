import { createHmac } from 'node:crypto';
import type { Random } from '../../shared/random.js';
import { BASE32 } from './read-base32.js';

/** 13 characters of base32 are 65 bits; NIST SP 800-63B 3.1.2.2 asks look-up secrets that are not throttled for 64. */
const BACKUP_CODE_LENGTH = 13;
export const BACKUP_CODES = 10;

/** Of all codes that are typed these are the longest: characters, with room for groups. */
export const MOST_TYPED = 40;

const TYPED = new RegExp(`^[A-Za-z2-7]{${String(BACKUP_CODE_LENGTH)}}$`);

/** A backup code as it is found by. Each character is 5 bits of a byte of its own, so that all are equally likely. */
export function makeBackupCode(random: Random): string {
  return Array.from(random.bytes(BACKUP_CODE_LENGTH), (byte) => BASE32.charAt(byte % BASE32.length)).join('');
}

/** A backup code as people are shown it: `XXXX-XXXX-XXXXX`. */
export const grouped = (code: string): string => [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');

/** A backup code as it was typed, with whatever groups and case, as it was made; null when it can be none. */
export function readBackupCode(typed: string): string | null {
  const code = typed.replace(/[ -]/g, '');
  // Before it is in capitals: there are letters beyond ASCII whose capitals are not.
  return TYPED.test(code) ? code.toUpperCase() : null;
}

/** What a backup code is found by: HMAC-SHA-256 under its list's own key. */
export const backupCodeDigest = (key: Buffer, code: string): Buffer => createHmac('sha256', key).update(code).digest();
