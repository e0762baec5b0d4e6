import { Vonage } from '@vonage/server-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedByVonage, SIGNATURE_METHODS, vonageSignature, type VonageSignature } from './vonage-signature.js';

/** Vonage's own; it calls the methods by an enum that it does not export. */
interface Vendor {
  verifySignature(sig: string, parameters: Record<string, string>, secret: string, method: string): boolean;
}
const vendor: Vendor = new Vonage({ apiKey: 'abcd1234', apiSecret: 'abcdef0123456789' }).sms;
const THEIRS = {
  ...{ md5hash: 'MD5HASH', md5: 'MD5HMAC', sha1: 'SHA1HMAC', sha256: 'SHA256HMAC', sha512: 'SHA512HMAC' },
};

const SECRET = 'my_secret_key_for_testing';
const inbound = {
  ...{ 'message-timestamp': '2013-11-21 15:27:30', messageId: '020000001B0FE827', msisdn: '14843472194' },
  ...{ text: 'Test again', timestamp: '1385047698', to: '13239877404', type: 'text' },
};
const signed = { ...inbound, sig: vonageSignature(inbound, { secret: SECRET, method: 'sha256' }) };
const at = (seconds: number) => seconds * 1_000;

describe('R31 Vonage’s signature', () => {
  it('is taken by Vonage’s own package, and theirs by us', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__');
    const parameters = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 12 }), { noNullPrototype: true });
    const methods = fc.constantFrom(...SIGNATURE_METHODS);
    fc.assert(
      fc.property(parameters, parameters, fc.string(), methods, (given, other, secret, method) => {
        const sig = vonageSignature(given, { secret, method });
        const theirs = THEIRS[method];
        expect(vendor.verifySignature(sig, { ...given, sig }, secret, theirs)).toBe(true);
        const isSame = vonageSignature(other, { secret, method }) === sig;
        expect(vendor.verifySignature(sig, other, secret, theirs)).toBe(isSame);
      }),
      { numRuns: 50 },
    );
  });

  // What Vonage tests its PHP package with: vonage-php-sdk-core, test/Client/SignatureTest.php (Apache-2.0).
  it.each([
    ['md5hash', 'd2e7b1dc968737c5998ad624e02f90b7'],
    ['md5', 'DDEBD46008C2D4E93CCE578A332A52D5'],
    ['sha1', '27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A'],
    ['sha256', 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330'],
    [
      'sha512',
      'E0D3C650F8C9D1A5C174D10DDDBFB003E561F59B265616208B0487C5D819481CD3C311D59CF6165ECD1139622D5BA3A256C0D763AC4A9AD9144B5A426B94FE82',
    ],
  ] as const)('is the one Vonage gives with %s', (method, sig) => {
    const signature: VonageSignature = { secret: SECRET, method };
    expect(isSignedByVonage({ ...inbound, sig }, signature, at(1_385_047_700))).toBe(true);
    expect(isSignedByVonage({ ...inbound, sig, to: '1' }, signature, at(1_385_047_700))).toBe(false);
  });

  it('writes what separates parameters as something else', () => {
    const received = {
      ...{ keyword: 'TEST', 'message-timestamp': '2017-04-04 22:57:47', messageId: '0B00000042AC53BD' },
      ...{ msisdn: '14843472194', nonce: '929d6744-bd28-42c8-b6cf-31d5b4f43732', text: 'Test with & and =' },
      ...{ timestamp: '1491346667', to: '12192259404', type: 'text' },
    };
    const method = 'md5hash';
    expect(vonageSignature(received, { secret: SECRET, method })).toBe('e06d9763e3fd0b9c31beb5fc2fcb011c');
  });

  it.each([
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
    [-301, false],
    [3_600, false],
  ])('is good for five minutes around its time: %i s later %s', (seconds, taken) => {
    const now = at(1_385_047_698 + seconds);
    expect(isSignedByVonage(signed, { secret: SECRET, method: 'sha256' }, now)).toBe(taken);
  });

  it.each([{ sig: '' }, { sig: 'x' }, { timestamp: '' }, { timestamp: '1385047698.0' }, { extra: '1' }])(
    'is not there with %o',
    (over) => {
      expect(isSignedByVonage({ ...signed, ...over }, { secret: SECRET, method: 'sha256' }, at(1_385_047_698))).toBe(
        false,
      );
    },
  );
});
