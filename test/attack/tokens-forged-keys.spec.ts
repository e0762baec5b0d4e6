/**
 * Somebody without our keys signs a token: with no algorithm or with the public key as a secret (algorithm confusion, RFC 8725
 * section 3.1), or with a key of his own that the header brings along (CVE-2018-0114).
 */
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { LONGEST_TOKEN } from '../../src/tokens/adapters/jose-approval-tokens.js';
import { TOKEN_ALGORITHMS } from '../../src/tokens/domain/token-algorithm.js';
import { APPLICATION, claims, encode, forged, HEADER, ourKey, signerOf, type Forgery } from '../support/forge-token.js';
import { newApproval } from '../support/token-signer.js';

const tokens = signerOf();
const theirs = generateKeyPairSync('ed25519');
const jwk = theirs.publicKey.export({ format: 'jwk' });
const elsewhere = { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/certificate' };

/** A MAC under what everybody can read. */
async function maced(publicKey: Buffer | string): Promise<string> {
  const text = `${encode({ ...HEADER, alg: 'HS256' })}.${encode(await claims())}`;
  return `${text}.${createHmac('sha256', publicKey).update(text).digest('base64url')}`;
}
const pem = () => ourKey.publicKey.export({ format: 'pem', type: 'spki' });
const raw = () => Buffer.from(ourKey.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
const unsigned = async (alg: string) => `${encode({ ...HEADER, alg })}.${encode(await claims())}.`;
const huge = newApproval({ applicationId: APPLICATION, subject: 'x'.repeat(LONGEST_TOKEN) });
const text = (value: string) => () => Promise.resolve(value);

const FORGERIES: Forgery[] = [
  ['alg none', () => unsigned('none'), 'not-an-approval-token'],
  ['alg nOnE', () => unsigned('nOnE'), 'not-an-approval-token'],
  ['alg EdDSA without a signature', () => unsigned('EdDSA'), 'bad-signature'],
  ['HS256 under the public key as PEM', () => maced(pem()), 'not-an-approval-token'],
  ['HS256 under the public key’s bytes', () => maced(raw()), 'not-an-approval-token'],
  ['another key under our kid', () => forged(HEADER, claims(), theirs.privateKey), 'bad-signature'],
  ['a key in the header', () => forged({ ...HEADER, jwk }, claims(), theirs.privateKey), 'bad-signature'],
  ['keys elsewhere', () => forged({ ...HEADER, ...elsewhere }, claims(), theirs.privateKey), 'bad-signature'],
  ['an unknown kid', () => forged({ ...HEADER, kid: 'k2' }, claims()), 'unknown-key'],
  ['a kid that is no key', () => forged({ ...HEADER, kid: 'constructor' }, claims()), 'unknown-key'],
  ['a kid that is a list', () => forged({ ...HEADER, kid: ['k1'] }, claims()), 'unknown-key'],
  ['no kid', () => forged({ alg: 'EdDSA', typ: HEADER.typ }, claims()), 'unknown-key'],
  ['the kid of our other algorithm', () => forged({ ...HEADER, kid: 'k1.es256' }, claims()), 'bad-signature'],
  ['what must be understood', () => forged({ ...HEADER, crit: ['x'], x: 1 }, claims()), 'not-an-approval-token'],
  ['nothing', text(''), 'not-an-approval-token'],
  ['one part', text('x'.repeat(100)), 'not-an-approval-token'],
  ['an encrypted JWT’s five parts', text('e30.e30.e30.e30.e30'), 'not-an-approval-token'],
  ['a header that is a list', text(`${encode([])}.${encode({})}.AAAA`), 'not-an-approval-token'],
  ['more than any token of ours, though we signed it', () => tokens.sign(huge), 'not-an-approval-token'],
];

test.each(FORGERIES)('R74 %s is no token', async (_, make, reason) => {
  expect(await tokens.read(await make(), APPLICATION)).toEqual({ kind: 'invalid', reason });
});

test.each(TOKEN_ALGORITHMS)('R74 every byte of a signature by %s counts', async (algorithm) => {
  const good = await signerOf({ algorithm }).sign(newApproval({ applicationId: APPLICATION }));
  expect(await tokens.read(good, APPLICATION)).toMatchObject({ kind: 'genuine' });
  const [header = '', payload = '', signature = ''] = good.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  for (const position of bytes.keys()) {
    const altered = Buffer.from(bytes);
    altered[position] = (altered[position] ?? 0) ^ 1;
    const token = `${header}.${payload}.${altered.toString('base64url')}`;
    expect(await tokens.read(token, APPLICATION)).toEqual({ kind: 'invalid', reason: 'bad-signature' });
  }
});
