import { describe, expect, it } from 'vitest';
import { readForeignFactor, type ForeignFactor } from './foreign-factor.js';

const SUBJECT = 'user-4711';
/** 20 bytes: the digits of RFC 6238's vectors. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const BYTES = Buffer.from('12345678901234567890');

const read = (given: Omit<ForeignFactor, 'subject'>) => readForeignFactor({ subject: SUBJECT, ...given });
const detailOf = (given: Omit<ForeignFactor, 'subject'>) => {
  const answer = read(given);
  return answer.kind === 'refused' ? answer.detail : answer;
};
const usual = { algorithm: 'SHA1', digits: 6, period: 30 };

describe('R70 a secret of elsewhere', () => {
  it.each([
    SECRET,
    SECRET.toLowerCase(),
    'gezd gnbv gy3t qojq gezd gnbv gy3t qojq',
    ' GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ\n',
    'GEZD\u00a0GNBV GY3TQOJQ GEZDGNBV GY3TQOJQ',
  ])('is the same however it is written: %j', (secret) => {
    expect(read({ secret })).toEqual({
      ...{ kind: 'read', subject: SUBJECT, label: null, secret: BYTES, totp: usual },
    });
  });

  it.each([
    ['without padding', 'GEZDGNBVGY3TQOJQGEZDGNBVGY', '12345678901234560'.slice(0, 16)],
    ['padded', 'GEZDGNBVGY3TQOJQGEZDGNBVGY======', '1234567890123456'],
  ])('may have a length that base32 pads, %s', (_, secret, bytes) => {
    expect(read({ secret })).toMatchObject({ kind: 'read', secret: Buffer.from(bytes) });
  });

  it('may end in bits that make no byte, as apps ignore them (pyotp#115)', () => {
    const secret = 'S46SQCPPTCNPROMHWYBDCTBZXV';
    expect(read({ secret })).toEqual(read({ secret: 'S46SQCPPTCNPROMHWYBDCTBZXU' }));
  });

  it.each([
    ['GEZDGNBVGY3TQOJQGEZDGNBV', /120 bits, and takes 128/],
    ['JBSWY3DPEHPK3PXP', /80 bits, and takes 128/],
    ['', /0 bits/],
    ['A'.repeat(104), /520 bits, and may have 512/],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0', /not base32/],
    ['GEZDGNBV=GY3TQOJQGEZDGNBVGY3TQOJQ', /not base32/],
    ['ſ'.repeat(32), /not base32/],
    ['3132333435363738393031323334353637383930', /not base32/],
  ])('is refused: %j', (secret, why) => {
    expect(detailOf({ secret })).toMatch(why);
  });
});

it('the account in an address is cut to 64 characters, and to whole ones', () => {
  const uri = `otpauth://totp/Shop:${encodeURIComponent('a'.repeat(63) + '😀')}?secret=${SECRET}`;
  expect(read({ uri })).toMatchObject({ kind: 'read', label: 'a'.repeat(63) });
  expect(read({ uri, label: 'Phone' })).toMatchObject({ label: 'Phone' });
});

it.each([
  `${'i'.repeat(70)}:ada?secret=${SECRET}`,
  `%00:ada?secret=${SECRET}`,
  `ada?secret=${SECRET}&issuer=${'i'.repeat(700)}`,
  `ada?secret=${SECRET}&issuer=a%00b&issuer=`,
])('an issuer is not kept, and may be anything: %s', (said) => {
  expect(read({ uri: `otpauth://totp/${said}` })).toEqual({
    ...{ kind: 'read', subject: SUBJECT, label: 'ada', secret: BYTES, totp: usual },
  });
});

it('a label in an address is not judged where another is given', () => {
  expect(read({ uri: `otpauth://totp/a%00b?secret=${SECRET}`, label: 'Phone' })).toMatchObject({ label: 'Phone' });
});

describe('what can not be checked here is refused, and says why', () => {
  it.each<[Omit<ForeignFactor, 'subject'>, RegExp]>([
    [{}, /Give its `secret` or its `uri`/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}`, secret: SECRET }, /none of them besides/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}`, digits: 8 }, /none of them besides/],
    [{ uri: `otpauth://hotp/a?secret=${SECRET}&counter=1` }, /hotp/],
    [{ uri: `otpauth://steam/a?secret=${SECRET}` }, /otpauth:\/\/totp/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}&encoder=steam` }, /not digits/],
    [{ uri: 'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8' }, /many accounts/],
    [{ uri: `https://shop.example/?secret=${SECRET}` }, /no otpauth/],
    [{ uri: SECRET }, /no otpauth/],
    [{ uri: 'otpauth://totp/a?issuer=Shop' }, /no `secret`/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}&secret=AAAA` }, /`secret` twice/],
    [{ secret: SECRET, label: 'a'.repeat(65) }, /64 characters/],
    [{ secret: SECRET, label: '' }, /is empty/],
    [{ uri: `otpauth://totp/a%00b?secret=${SECRET}` }, /control characters/],
    [{ secret: SECRET, label: 'a\u2028b\ud800' }, /control characters/],
    [{ secret: SECRET, algorithm: 'MD5' }, /SHA1, SHA256 and SHA512/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}&algorithm=SHA3-256` }, /SHA1, SHA256 and SHA512/],
    [{ secret: SECRET, digits: 5 }, /6 to 8 digits/],
    [{ secret: SECRET, digits: 10 }, /6 to 8 digits/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}&digits=six` }, /6 to 8 digits/],
    ...['6.0', '6e0', '0x6', '+6', '006', '٦'].map((digits): [{ uri: string }, RegExp] => [
      { uri: `otpauth://totp/a?secret=${SECRET}&digits=${encodeURIComponent(digits)}` },
      /6 to 8 digits/,
    ]),
    [{ uri: `otpauth://totp/a?secret=${SECRET}&period=0x1e` }, /15 to 60/],
    [{ secret: SECRET, period: 14 }, /15 to 60/],
    [{ secret: SECRET, period: 61 }, /15 to 60/],
    [{ uri: `otpauth://totp/a?secret=${SECRET}&period=29.5` }, /15 to 60/],
  ])('%j', (given, why) => {
    const detail = detailOf(given);
    expect(detail).toMatch(why);
    expect(detail).not.toContain(SECRET);
  });
});
