/**
 * A token is shown where it does not belong: one of another kind (RFC 8725 section 3.11), of another installation or
 * application (section 3.9), before or after its time, or with claims that nobody signed.
 */
import { expect, test } from 'vitest';
import { APPLICATION, claims, encode, forged, HEADER, ISSUER, seconds, signerOf } from '../support/forge-token.js';
import type { Forgery } from '../support/forge-token.js';
import { newApproval } from '../support/token-signer.js';

const tokens = signerOf();
const signed = (approval: Parameters<typeof newApproval>[0]) =>
  tokens.sign(newApproval({ applicationId: APPLICATION, ...approval }));
const from = (header: object, over: object = {}) => forged(header, claims(over));
const untyped = { alg: HEADER.alg, kid: HEADER.kid };
const inAMinute = () => new Date(Date.now() + 60_000);

const MISPLACED: Forgery[] = [
  ['an ID token signed with our key', () => from({ ...HEADER, typ: 'JWT' }), 'not-an-approval-token'],
  ['a JWT of no type signed with our key', () => from(untyped), 'not-an-approval-token'],
  ['another installation’s', () => from(HEADER, { iss: `${ISSUER}.evil` }), 'other-issuer'],
  ['another application’s', () => signed({ applicationId: 'app_other' }), 'other-application'],
  ['one for several', () => from(HEADER, { aud: ['app_other', APPLICATION] }), 'not-an-approval-token'],
  ['one from the future', () => signed({ approvedAt: inAMinute() }), 'not-yet'],
  ['one that is not yet good', () => from(HEADER, { nbf: seconds() + 60 }), 'not-yet'],
  ['one that lives for an hour', () => from(HEADER, { exp: seconds() + 3600 }), 'not-an-approval-token'],
  [
    'one that ends before it begins',
    () => from(HEADER, { iat: seconds() + 121, exp: seconds() + 120 }),
    'not-an-approval-token',
  ],
  ['one of a password', () => from(HEADER, { amr: ['pwd', 'sms'] }), 'not-an-approval-token'],
  ['one whose subject is an object', () => from(HEADER, { sub: { id: 1 } }), 'not-an-approval-token'],
  ['one without iss', () => without('iss'), 'other-issuer'],
  ['one without aud', () => without('aud'), 'other-application'],
  ...['exp', 'iat', 'jti', 'amr', 'verification'].map((claim): Forgery => [
    `one without ${claim}`,
    () => without(claim),
    'not-an-approval-token',
  ]),
];

async function without(claim: string): Promise<string> {
  const others = Object.entries(await claims()).filter(([name]) => name !== claim);
  return forged(HEADER, Object.fromEntries(others));
}

test.each(MISPLACED)('R74 %s is none of ours', async (_, make, reason) => {
  expect(await tokens.read(await make(), APPLICATION)).toEqual({ kind: 'invalid', reason });
});

test('R74 a claim that was added or changed breaks the signature', async () => {
  const [header = '', , signature = ''] = (await signed({ subject: 'user-1' })).split('.');
  const changes = [{ sub: 'admin' }, { purpose: 'payment' }, { exp: seconds() + 110 }, { jti: 'tok_another' }];
  for (const change of changes) {
    const token = `${header}.${encode(await claims(change))}.${signature}`;
    expect(await tokens.read(token, APPLICATION)).toEqual({ kind: 'invalid', reason: 'bad-signature' });
  }
});

test('R74 a token is good for 120 s by the ledger’s clock, with no leeway', async () => {
  const issuedAt = 1_800_000_000_000;
  let now = issuedAt;
  const clocked = signerOf({ now: () => now });
  const token = await clocked.sign(newApproval({ applicationId: APPLICATION, approvedAt: new Date(issuedAt) }));
  const after = async (ms: number) => {
    now = issuedAt + ms;
    return (await clocked.read(token, APPLICATION)).kind;
  };
  expect([await after(0), await after(119_999), await after(120_000)]).toEqual(['genuine', 'genuine', 'expired']);
});
