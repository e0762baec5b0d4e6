import { hash } from 'node:crypto';
import type { Random } from '../shared/random.js';

/** 256 random bits in base64url, behind a prefix that secret scanners can look for. */
const SECRET_BYTES = 32;
const SECRET = /^ek_[A-Za-z0-9_-]{43}$/;

/** A new secret. Shown once; only {@link hashOf} it is stored. */
export function makeSecret(random: Random): string {
  return `ek_${random.bytes(SECRET_BYTES).toString('base64url')}`;
}

/** Whether a text can be a secret at all, so that noise never costs a query. */
export const looksLikeSecret = (text: string) => SECRET.test(text);

/** SHA-256 is enough for a secret of 256 random bits: there is nothing to guess that a slow hash would protect (ASVS 6.5.2). */
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex');
