import { timingSafeEqual } from 'node:crypto';

/** Whether a signature is the expected one, in a time that tells nothing of where they differ (ASVS 11.2.4). */
export function isSameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
