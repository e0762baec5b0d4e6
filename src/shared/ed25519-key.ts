import { createPrivateKey, type KeyObject } from 'node:crypto';

/** DER of a PKCS#8 Ed25519 private key up to its 32-byte seed (RFC 8410 section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param seed 32 bytes (RFC 8032 section 5.1.5). */
export function ed25519PrivateKey(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}
