import { createHash, createHmac } from 'node:crypto';
import type { ReportRequest } from '../../../application/provider.js';
import { isSameSignature } from '../proofs/constant-time.js';

/** What seven’s own client allows, before and after. */
const MOST_SECONDS_OFF = 300;

/**
 * Whether seven signed a webhook, lately. The body is covered by its hash, and the query of a GET by the address.
 * https://docs.seven.io/en/rest-api/signing
 *
 * @param signingKey the account's, from the API settings.
 */
export function isSignedBySeven(request: ReportRequest, signingKey: string, nowMs: number): boolean {
  const { 'x-timestamp': timestamp = '', 'x-nonce': nonce = '', 'x-signature': given = '' } = request.headers;
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '') return false;
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > MOST_SECONDS_OFF) return false;
  return isSameSignature(given.toLowerCase(), sevenSignature(signingKey, { ...request, timestamp, nonce }));
}

/** `X-Signature` of a webhook; the lines it is made of are apart by line feeds. */
export function sevenSignature(
  signingKey: string,
  signed: Pick<ReportRequest, 'method' | 'url' | 'rawBody'> & { timestamp: string; nonce: string },
): string {
  const { timestamp, nonce, method, url, rawBody } = signed;
  const bodyHash = createHash('md5').update(rawBody).digest('hex');
  const lines = [timestamp, nonce, method.toUpperCase(), url, bodyHash];
  return createHmac('sha256', signingKey).update(lines.join('\n')).digest('hex');
}
