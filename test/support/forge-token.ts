import { sign, type KeyObject } from 'node:crypto';
import { decodeJwt, type JWTPayload } from 'jose';
import { tokenKey } from '../../src/tokens/adapters/token-key.js';
import type { InvalidReason } from '../../src/tokens/domain/refusals.js';
import { keyringOf, newApproval, tokenSigner } from './token-signer.js';

const SECRETS = `k1:${Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64')}`;

/** The application that is shown what is forged. */
export const APPLICATION = 'app_shop';
export const ISSUER = 'https://einmal.example';
/** What our own tokens begin with. */
export const HEADER = { alg: 'EdDSA', typ: 'einmal-approval+jwt', kid: 'k1' };

/** What it is, how it is made, and why it is none. */
export type Forgery = [what: string, make: () => Promise<string>, reason: InvalidReason];

export const signerOf = (options: Omit<Parameters<typeof tokenSigner>[1], 'issuer'> = {}) =>
  tokenSigner(SECRETS, { issuer: ISSUER, ...options });
export const ourKey = tokenKey(keyringOf(SECRETS), 'k1', 'EdDSA');

export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const seconds = () => Math.floor(Date.now() / 1000);

/** The claims of a good token, changed. */
export async function claims(over: object = {}): Promise<JWTPayload> {
  const good = await signerOf().sign(newApproval({ applicationId: APPLICATION }));
  const payload: JWTPayload = decodeJwt(good);
  return { ...payload, ...over };
}

/** Signed by hand, because a library refuses to sign what must be refused. @param key Ed25519; by default our own. */
export async function forged(
  header: object,
  payload: object | Promise<object>,
  key: KeyObject = ourKey.privateKey,
): Promise<string> {
  const text = `${encode(header)}.${encode(await payload)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}
