import { expect, it } from 'vitest';
import { readOtpauth } from './read-otpauth.js';
import { totpUri } from './totp-uri.js';

const issuerOf = (uri: string) => new URL(uri).searchParams.get('issuer');

const made = {
  issuer: 'Shop',
  account: 'anna',
  secret: 'JBSWY3DPEHPK3PXP',
  algorithm: 'SHA1',
  digits: 6,
  period: 30,
} as const;

it('R70 says everything an app must know, the issuer twice', () => {
  expect(totpUri(made)).toBe(
    'otpauth://totp/Shop:anna?secret=JBSWY3DPEHPK3PXP&issuer=Shop&algorithm=SHA1&digits=6&period=30',
  );
  expect(totpUri({ ...made, algorithm: 'SHA512', digits: 8, period: 60 })).toContain(
    '&algorithm=SHA512&digits=8&period=60',
  );
});

it('encodes what would be read as something else, spaces as %20 and never as a plus', () => {
  const uri = totpUri({ ...made, issuer: 'Müller & Sohn?', account: 'anna+work@example.org #1/2' });
  expect(uri).toMatch(/^otpauth:\/\/totp\/M%C3%BCller%20%26%20Sohn%3F:anna%2Bwork%40example\.org%20%231%2F2\?secret=/);
  expect(uri).not.toContain('+');
  expect(readOtpauth(uri)).toMatchObject({ uri: { account: 'anna+work@example.org #1/2' } });
  expect(issuerOf(uri)).toBe('Müller & Sohn?');
});

it('has one colon, between the names, whatever they are', () => {
  const uri = totpUri({ ...made, issuer: 'Shop: Berlin', account: 'user:4711' });
  expect(readOtpauth(uri)).toMatchObject({ uri: { account: 'user 4711' } });
  expect(issuerOf(uri)).toBe('Shop  Berlin');
});

it('is never too long for a QR code', () => {
  const uri = totpUri({
    ...made,
    issuer: '🛒'.repeat(64),
    account: '👩'.repeat(200),
    secret: 'A'.repeat(103),
    algorithm: 'SHA512',
  });
  expect(uri.length).toBeLessThan(2_953);
  expect(decodeURIComponent(uri)).toContain(`:${'👩'.repeat(64)}?`);
});
