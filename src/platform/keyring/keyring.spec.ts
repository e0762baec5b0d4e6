import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../shared/domain-error.js';
import { Keyring, type KeyUse } from './keyring.js';
import type { Secret } from './secrets.js';

const secret = (kid: string): Secret => ({ kid, key: randomBytes(32) });
const [old, current] = [secret('old'), secret('new')];
const before = new Keyring([old]);
const during = new Keyring([current, old]);
const after = new Keyring([current]);

describe('a key', () => {
  it('is another one for every use and every secret', () => {
    const uses: KeyUse[] = ['pepper', 'encryption', 'callback', 'index', 'fingerprint', 'token'];
    const keys = uses.flatMap((use) => ['new', 'old'].map((kid) => during.key(use, kid).toString('hex')));
    expect(new Set(keys).size).toBe(12);
    expect(keys.every((key) => key.length === 64)).toBe(true);
    expect(keys).not.toContain(current.key.toString('hex'));
  });

  it('is the same on every node that has the secret', () => {
    expect(before.key('pepper', 'old')).toEqual(during.key('pepper', 'old'));
  });

  it('R6 that is missing is an outage, never a mismatch', () => {
    const attempts = [
      () => after.key('pepper', 'old'),
      () => after.open(before.seal('text', 'context'), 'context'),
      () => after.matches(before.fingerprint('text'), 'text'),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(DomainError);
    for (const attempt of attempts) expect(attempt).toThrow(/^unavailable/);
  });
});

describe('R89 a sealed value', () => {
  it('opens in its context only', () => {
    const sealed = during.seal('+4915112345678', 'verification/ver_1/phone');
    expect(during.open(sealed, 'verification/ver_1/phone')).toBe('+4915112345678');
    expect(() => during.open(sealed, 'verification/ver_2/phone')).toThrow();
  });

  it('does not show its text, and looks different every time', () => {
    const sealed = Array.from({ length: 100 }, () => during.seal('+4915112345678', 'c'));
    expect(new Set(sealed).size).toBe(100);
    expect(sealed.join()).not.toContain(Buffer.from('+4915112345678').toString('base64url').slice(0, 16));
  });

  it('does not open when any of its bytes was changed', () => {
    const [kid = '', body = ''] = during.seal('text', 'c').split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (const position of bytes.keys()) {
      const altered = Buffer.from(bytes);
      altered[position] = (altered[position] ?? 0) ^ 1;
      expect(() => during.open(`${kid}.${altered.toString('base64url')}`, 'c')).toThrow();
    }
  });

  it('does not open when it was cut', () => {
    const sealed = during.seal('text', 'c');
    for (let length = sealed.length - 2; length > 3; length -= 1)
      expect(() => during.open(sealed.slice(0, length), 'c')).toThrow();
  });

  it.each(['', 'new', 'new.', 'new.AAAA', '.AAAA', 'x.y.z'])('does not open from %j', (text) => {
    expect(() => during.open(text, 'c')).toThrow();
  });

  it('keeps opening while its secret is present, and is written under the newest', () => {
    expect(during.open(before.seal('text', 'c'), 'c')).toBe('text');
    expect(during.seal('text', 'c')).toMatch(/^new\./);
    expect(after.open(during.seal('text', 'c'), 'c')).toBe('text');
  });
});

describe('an index', () => {
  it('finds under every secret and writes under the newest', () => {
    const [newest, older] = during.indexes('phone:+49');
    expect([newest]).toEqual(after.indexes('phone:+49'));
    expect([older]).toEqual(before.indexes('phone:+49'));
    expect(during.indexes('phone:+43')[0]).not.toEqual(newest);
  });

  it('I17 keeps one name for a counter while a rotation is under way', () => {
    expect(during.stableIndex('phone:+49')).toBe(before.stableIndex('phone:+49'));
    expect(during.stableIndex('phone:+49')).toMatch(/^[\w-]{22}$/);
  });
});

describe('R6 a secret on standby', () => {
  const made = (kid: string, standby = false) => ({ kid, key: randomBytes(32), standby });
  const [k1, k2] = [made('k1'), made('k2', true)];
  const before = new Keyring([k1]);
  const adding = new Keyring([k1, k2]);
  const switched = new Keyring([{ ...k2, standby: false }, k1]);

  it('writes and counts nothing, so that nodes without it understand everything', () => {
    expect(before.open(adding.seal('text', 'c'), 'c')).toBe('text');
    expect(adding.indexes('a')[0]).toEqual(before.indexes('a')[0]);
    expect(adding.stableIndex('a')).toBe(before.stableIndex('a'));
  });

  it('reads what nodes that write with it already have written', () => {
    expect(adding.open(switched.seal('text', 'c'), 'c')).toBe('text');
    expect(adding.matches(switched.fingerprint('text'), 'text')).toBe(true);
    expect(switched.stableIndex('a')).toBe(before.stableIndex('a'));
  });
});

describe('a fingerprint', () => {
  it('matches its text and no other, during a rotation and after it', () => {
    expect(during.matches(before.fingerprint('{"a":1}'), '{"a":1}')).toBe(true);
    expect(after.matches(during.fingerprint('{"a":1}'), '{"a":1}')).toBe(true);
    expect(during.matches(during.fingerprint('{"a":1}'), '{"a":2}')).toBe(false);
  });

  it('is never matched by an empty or cut one', () => {
    const fingerprint = during.fingerprint('text');
    for (const stored of ['new.', fingerprint.slice(0, -2), `${fingerprint}AA`])
      expect(during.matches(stored, 'text')).toBe(false);
  });
});

describe('a callback MAC', () => {
  it('is ours under any secret that is present', () => {
    const mac = before.callbackMac('main/att_1');
    expect(mac).toMatch(/^[\w-]{22}$/);
    expect(during.isCallbackMac(mac, 'main/att_1')).toBe(true);
    expect(after.isCallbackMac(mac, 'main/att_1')).toBe(false);
  });

  it.each(['', 'A', 'AAAAAAAAAAAAAAAAAAAAAA'])('is not %j', (mac) => {
    expect(during.isCallbackMac(mac, 'main/att_1')).toBe(false);
  });

  it('belongs to one attempt and one provider', () => {
    const mac = during.callbackMac('main/att_1');
    expect(during.isCallbackMac(mac, 'main/att_2')).toBe(false);
    expect(during.isCallbackMac(mac, 'other/att_1')).toBe(false);
    expect(during.isCallbackMac(`${mac}AA`, 'main/att_1')).toBe(false);
  });
});
