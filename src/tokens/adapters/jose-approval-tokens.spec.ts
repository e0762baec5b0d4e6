import { decodeJwt, decodeProtectedHeader } from 'jose';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { newApproval, tokenSigner } from '../../../test/support/token-signer.js';
import { bindingHash } from '../domain/binding-hash.js';
import { LONGEST_TOKEN } from './jose-approval-tokens.js';

const secrets = `k1:${randomBytes(32).toString('base64')}`;
const issuer = 'https://2fa.example.org';
const binding = { amount: '10.00 EUR', payee: 'Shop' };
const approval = newApproval({ subject: 'user-1', purpose: 'payment', binding });

it('R74 a token says who approved what, when and how, and nothing else', async () => {
  const token = await tokenSigner(secrets, { issuer }).sign(approval);
  const iat = Math.floor(approval.approvedAt.getTime() / 1000);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'einmal-approval+jwt', kid: 'k1' });
  expect(decodeJwt(token)).toEqual({
    ...{ iss: issuer, aud: approval.applicationId, sub: 'user-1', jti: approval.tokenId, iat, exp: iat + 120 },
    ...{ amr: ['otp', 'sms'], purpose: 'payment', verification: approval.verificationId },
    binding_hash: bindingHash(binding),
  });
});

it('R25 R74 the same approval gives the same claims, and with EdDSA the same text', async () => {
  const signedTwice = async (algorithm: 'EdDSA' | 'ES256') => {
    const tokens = tokenSigner(secrets, { issuer, algorithm });
    return [await tokens.sign(approval), await tokens.sign(approval)] as const;
  };
  const [[one, same], [first, second]] = await Promise.all([signedTwice('EdDSA'), signedTwice('ES256')]);
  expect(same).toBe(one);
  expect(second).not.toBe(first);
  expect(new Set([one, first, second].map((token) => JSON.stringify(decodeJwt(token)))).size).toBe(1);
});

it('R74 a token that says as much as it can is not too long to be read', async () => {
  const tokens = tokenSigner(secrets, { issuer: `https://${'a'.repeat(240)}.example` });
  const longest = newApproval({ subject: '中'.repeat(200), purpose: '中'.repeat(64), binding });
  const token = await tokens.sign(longest);
  expect(token.length).toBeLessThan(LONGEST_TOKEN / 2);
  expect(await tokens.read(token, longest.applicationId)).toMatchObject({ kind: 'genuine' });
});
