import { createHmac } from 'node:crypto';

/** 13 characters of base32 are 65 bits; NIST SP 800-63B 3.1.2.2 asks look-up secrets that are not throttled for 64. */
export const BACKUP_CODE_LENGTH = 13;
export const BACKUP_CODES = 10;

const TYPED = new RegExp(`^[A-Z2-7]{${String(BACKUP_CODE_LENGTH)}}$`);

/** A backup code as it was typed, with whatever groups and case, as it was made; null when it can be none. */
export function readBackupCode(typed: string): string | null {
  const code = typed.replace(/[ -]/g, '').toUpperCase();
  return TYPED.test(code) ? code : null;
}

/** What a backup code is found by: HMAC-SHA-256 under its list's own key. */
export const backupCodeDigest = (key: Buffer, code: string): Buffer => createHmac('sha256', key).update(code).digest();
