import { createPublicKey } from 'node:crypto';
import { ed25519PrivateKey } from '../../shared/ed25519-key.js';
import type { Random } from '../../shared/random.js';

/** `v1`: HMAC-SHA256 with a shared secret. `v1a`: Ed25519, of which receivers have only the public half (Standard Webhooks 1.0). */
export const SIGNATURES = ['v1', 'v1a'] as const;
export type Signature = (typeof SIGNATURES)[number];

/** What an endpoint's messages are signed with, in the spelling of Standard Webhooks. */
export interface SigningSecret {
  /** `whsec_` and base64 of the secret, or `whsk_` and base64 of the private key: seed, then public key. */
  secret: string;
  /** `whpk_` and base64 of the 32 bytes that receivers of `v1a` verify with; null for `v1`. */
  publicKey: string | null;
}

const SECRET_BYTES = 32;

/** @returns a new one of 256 random bits. */
export function makeSigningSecret(signature: Signature, random: Random): SigningSecret {
  const bytes = random.bytes(SECRET_BYTES);
  if (signature === 'v1') return { secret: `whsec_${bytes.toString('base64')}`, publicKey: null };
  const publicKey = publicKeyOf(bytes);
  const secret = `whsk_${Buffer.concat([bytes, publicKey]).toString('base64')}`;
  return { secret, publicKey: `whpk_${publicKey.toString('base64')}` };
}

const WHSEC = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/** Whether a text is a secret of `v1` that another service may have made: `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks). */
export function isImportable(text: string): boolean {
  const encoded = WHSEC.exec(text)?.[1] ?? '';
  const bytes = Buffer.from(encoded, 'base64');
  // Another spelling of the same bytes would verify here and nowhere else.
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === encoded;
}

/** The last 32 bytes of an Ed25519 key in SPKI are the key (RFC 8410, section 4). */
function publicKeyOf(seed: Buffer): Buffer {
  return createPublicKey(ed25519PrivateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(-32);
}
