import { describe, expect, it } from 'vitest';
import { readForeignFactor } from './foreign-factor.js';

/** Addresses as programs write them: run and read, with one secret put in the place of theirs. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const BYTES = Buffer.from('12345678901234567890');
const SUBJECT = 'user-4711';
const usual = { algorithm: 'SHA1', digits: 6, period: 30 };

describe('an address as it is written by', () => {
  const named = { label: 'ada@shop.example' };
  it.each<[string, string, object, object?]>([
    ['Google Authenticator', `Secure%20App:ada%40shop.example?secret=${SECRET}&issuer=Secure%20App`, named],
    ['Google’s PAM module', `ada@host?secret=${SECRET}&issuer=Secure%20App`, { label: 'ada@host' }],
    [
      'pyotp',
      `Secure%20App:ada%40shop.example?secret=${SECRET}&issuer=Secure%20App&algorithm=SHA256&digits=8&period=60&image=https%3A%2F%2Fshop.example%2Flogo.png`,
      named,
      { algorithm: 'SHA256', digits: 8, period: 60 },
    ],
    [
      'speakeasy',
      `ada@shop.example?secret=${SECRET}&issuer=Secure%20App&algorithm=SHA512&digits=8&period=60`,
      named,
      { algorithm: 'SHA512', digits: 8, period: 60 },
    ],
    [
      'speakeasy, by itself',
      `Secure%20App%20(ada%40shop.example)?secret=${SECRET}`,
      { label: 'Secure App (ada@shop.example)' },
    ],
    [
      'otplib',
      `Secure%20App:ada%40shop.example?secret=${SECRET}&period=30&digits=6&algorithm=SHA1&issuer=Secure%20App`,
      named,
    ],
    [
      'OTPAuth',
      `Secure%20App:ada%40shop.example?issuer=Secure%20App&secret=${SECRET}&algorithm=SHA256&digits=7&period=45`,
      named,
      { algorithm: 'SHA256', digits: 7, period: 45 },
    ],
    ['node-2fa', `Secure%20App%3Aada?secret=${SECRET}&issuer=Secure%20App`, { label: 'ada' }],
    [
      'FreeOTP',
      `Secure%20App:ada%40shop.example?secret=${SECRET}&algorithm=SHA1&digits=6&period=30&issuer=Secure%20App&lock=false`,
      named,
    ],
    ['KeePassXC', `Secure%20App:ada%40shop.example?secret=${SECRET}%3D&period=30&digits=6&issuer=Secure%20App`, named],
    [
      '1Password',
      `Secure%20App%3A%20ada%40shop.example?secret=gezd%20gnbv+gy3t-qojq%20gezdgnbvgy3tqojq&issuer=Secure%20App&algorithm=sha1`,
      named,
    ],
    ['whoever names nothing', `?secret=${SECRET}`, { label: null }],
    [
      'whoever names it by its prefix',
      `Secure App:ada@shop.example?secret=${SECRET}&algorithm=HmacSHA512`,
      named,
      { algorithm: 'SHA512' },
    ],
  ])('%s', (_, uri, names, parameters = {}) => {
    const totp = { ...usual, ...parameters };
    expect(readForeignFactor({ subject: SUBJECT, uri: `otpauth://totp/${uri}` })).toEqual({
      ...{ kind: 'read', subject: SUBJECT, secret: BYTES, totp, ...names },
    });
  });

  it('anybody gives way to what the team calls it', () => {
    const uri = `OTPAUTH://TOTP/Secure%20App:ada?secret=${SECRET}`;
    expect(readForeignFactor({ subject: SUBJECT, uri, label: 'Work phone' })).toMatchObject({ label: 'Work phone' });
  });
});
