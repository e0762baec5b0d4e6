import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Keyring } from '../../platform/keyring/keyring.js';
import { ed25519PrivateKey } from '../../shared/ed25519-key.js';
import type { TokenAlgorithm } from '../domain/token-algorithm.js';

/** DER of a PKCS#8 P-256 private key without its public one (RFC 5915 section 3, RFC 5958), up to the 32-byte scalar. */
const PKCS8_P256 = Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420', 'hex');
/** Order of P-256 (SP 800-186 section 3.2.1.3). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** One secret's key for one algorithm. */
export interface TokenKey {
  /** Unique among all secrets and algorithms. */
  kid: string;
  algorithm: TokenAlgorithm;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** @param secret key id of a secret of the keyring: every process that has it makes the same key of it. */
export function tokenKey(keyring: Keyring, secret: string, algorithm: TokenAlgorithm): TokenKey {
  const privateKey = PRIVATE_KEY[algorithm](keyring, secret);
  return { kid: kidOf(secret, algorithm), algorithm, privateKey, publicKey: createPublicKey(privateKey) };
}

/** The id of a secret holds no dot. */
const kidOf = (secret: string, algorithm: TokenAlgorithm) => (algorithm === 'EdDSA' ? secret : `${secret}.es256`);

const PRIVATE_KEY: Record<TokenAlgorithm, (keyring: Keyring, secret: string) => KeyObject> = {
  EdDSA: (keyring, secret) => ed25519PrivateKey(keyring.key('token', secret)),
  ES256: (keyring, secret) => p256PrivateKey(scalarOf(keyring.key('token-p256', secret))),
};

const p256PrivateKey = (scalar: Buffer) =>
  createPrivateKey({ key: Buffer.concat([PKCS8_P256, scalar]), format: 'der', type: 'pkcs8' });

/**
 * The private key d = (c mod (n - 1)) + 1, with c of 64 bits more than n has: the bias of the remainder is then below 2^-64, and
 * d is never 0 (FIPS 186-5 A.2.1, key pairs by extra random bits).
 *
 * @param extraRandomBits 40 bytes.
 */
export function scalarOf(extraRandomBits: Buffer): Buffer {
  const c = BigInt(`0x${extraRandomBits.toString('hex')}`);
  const d = (c % (P256_ORDER - 1n)) + 1n;
  return Buffer.from(d.toString(16).padStart(64, '0'), 'hex');
}
