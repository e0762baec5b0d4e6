import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { unavailable } from '../../shared/refusals.js';
import type { Secret } from './secrets.js';

/** What a derived key is for. Each use of each secret is a key of its own (HKDF, RFC 5869). */
export type KeyUse = 'pepper' | 'encryption' | 'callback' | 'index' | 'fingerprint' | 'token' | 'token-p256';

/** 32 bytes, but for what becomes a scalar of P-256: that takes 64 bits more than the order has (FIPS 186-5 A.2.1). */
const BYTES: Partial<Record<KeyUse, number>> = { 'token-p256': 40 };

/**
 * The one keyring behind pepper, encryption, callback MACs, recipient index and token signatures. The newest secret writes;
 * every secret still present reads. A value under a secret this node does not have is an outage (503), never a mismatch.
 */
export class Keyring {
  private readonly derived = new Map<string, Buffer>();

  private readonly newest: Secret;
  private readonly oldest: Secret;

  /** @param secrets newest first; those on standby only read */
  constructor(private readonly secrets: [Secret, ...Secret[]]) {
    const writing = secrets.filter(({ standby }) => !standby);
    this.newest = writing[0] ?? secrets[0];
    this.oldest = writing.at(-1) ?? this.newest;
  }

  /** Key id of the newest secret: what new values are written under. */
  get currentKid(): string {
    return this.newest.kid;
  }

  /** All key ids, the one that writes first. */
  get kids(): [string, ...string[]] {
    return [this.currentKid, ...this.secrets.map(({ kid }) => kid).filter((kid) => kid !== this.currentKid)];
  }

  /** Key ids that this node reads and does not write with; none while there is only one key. */
  get olderKids(): string[] {
    return this.kids.slice(1);
  }

  /** @throws 503 `unavailable` when this node does not have the secret. */
  key(use: KeyUse, kid: string): Buffer {
    const name = `${use}/${kid}`;
    let key = this.derived.get(name);
    if (!key) {
      const secret = this.secrets.find((candidate) => candidate.kid === kid);
      if (!secret)
        throw unavailable('A key that is needed here is not on this node. Add it to SECRETS on every node first.');
      key = Buffer.from(hkdfSync('sha256', secret.key, Buffer.alloc(0), `einmal/1/${use}`, BYTES[use] ?? 32));
      this.derived.set(name, key);
    }
    return key;
  }

  /** AES-256-GCM under the newest secret: `kid.base64url(iv ‖ tag ‖ ciphertext)`. `context` must be the same to open it. */
  seal(plaintext: string, context: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key('encryption', this.currentKid), iv).setAAD(
      Buffer.from(context),
    );
    const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return `${this.currentKid}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
  }

  /** @throws when the value was altered or belongs to another context; 503 when its secret is not on this node. */
  open(sealed: string, context: string): string {
    const [kid = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    // The length is fixed because Node would otherwise also take a tag of four bytes, which can be guessed.
    const options = { authTagLength: 16 };
    const decipher = createDecipheriv('aes-256-gcm', this.key('encryption', kid), bytes.subarray(0, 12), options)
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Keyed index of a value, under every secret, newest first: rows are written under the first and found under any. */
  indexes(value: string): [Buffer, ...Buffer[]] {
    const [current, ...others] = this.kids;
    return [this.index(value, current), ...others.map((kid) => this.index(value, kid))];
  }

  /** Keyed name under the oldest secret, so that limit windows do not reset while a rotation is under way. */
  stableIndex(value: string): string {
    return shortened(this.index(value, this.oldest.kid));
  }

  /** Every name that `stableIndex` may have given a value, under every secret still present. */
  stableIndexes(value: string): string[] {
    return this.indexes(value).map(shortened);
  }

  /** Keyed digest of a text, `kid.base64url`, for comparing without keeping the text. */
  fingerprint(text: string): string {
    return `${this.currentKid}.${hmac(this.key('fingerprint', this.currentKid), text).toString('base64url')}`;
  }

  /** Whether `fingerprint` was made of `text`, under whichever secret it names. Constant time. */
  matches(fingerprint: string, text: string): boolean {
    const [kid = '', digest = ''] = fingerprint.split('.');
    return same(Buffer.from(digest, 'base64url'), hmac(this.key('fingerprint', kid), text));
  }

  /** MAC for a provider's callback URL; 22 characters, URL-safe. */
  callbackMac(text: string): string {
    return hmac(this.key('callback', this.currentKid), text).subarray(0, 16).toString('base64url');
  }

  /** Whether a callback's MAC is ours, under any secret still present. Constant time. */
  isCallbackMac(mac: string, text: string): boolean {
    const given = Buffer.from(mac, 'base64url');
    return this.kids.some((kid) => same(given, hmac(this.key('callback', kid), text).subarray(0, 16)));
  }

  private index(value: string, kid: string): Buffer {
    return hmac(this.key('index', kid), value);
  }
}

const shortened = (index: Buffer) => index.subarray(0, 16).toString('base64url');
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const same = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
