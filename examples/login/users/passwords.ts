import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What scrypt is asked to spend: N, r and p of RFC 7914. */
export interface Cost {
  n: number;
  r: number;
  p: number;
}

/** 32 MiB and about 0.2 s. One of the equal choices of the OWASP Password Storage Cheat Sheet. */
export const COST: Cost = { n: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** `scrypt$n$r$p$salt$hash`: all that it takes to compare, so that the cost can be raised later. */
export async function hashPassword(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.n, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** @param hashed what `hashPassword` made. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, n, r, p, salt = '', hash = ''] = hashed.split('$');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected);
}

/** In a thread of its own: the event loop goes on. People's keyboards write the same letter in different ways, so NFKC. */
function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 2 * 128 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
