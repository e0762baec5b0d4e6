import { SignJWT, jwtVerify, type JWTPayload } from 'jose';
import { createHash, randomUUID, type KeyObject } from 'node:crypto';
import type { ReportRequest } from '../../../application/provider.js';
import { isSameSignature } from '../proofs/constant-time.js';

/** For one request only. */
const TOKEN_LIFE_SECONDS = 60;
/** How old, or how far ahead of our clock, a callback may be. */
const MOST_SECONDS_AWAY = 300;

/**
 * The token that Vonage's interface wants of an application, made anew for each request.
 * https://developer.vonage.com/en/getting-started/concepts/authentication#json-web-tokens
 */
export function applicationToken(applicationId: string, privateKey: KeyObject, nowMs: number): Promise<string> {
  const now = Math.floor(nowMs / 1_000);
  return new SignJWT({ application_id: applicationId })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + TOKEN_LIFE_SECONDS)
    .setJti(randomUUID())
    .sign(privateKey);
}

export interface VonageAccount {
  signatureSecret: string;
  applicationId: string;
  apiKey?: string | undefined;
}

/**
 * Whether Vonage sent a callback with a body: a token of this account's, made within the last five minutes, over this very body.
 * What it says of the account must be ours: one secret signs for all of its applications.
 * https://developer.vonage.com/en/getting-started/concepts/webhooks#validating-signed-webhooks
 */
export async function isFromVonage(request: ReportRequest, account: VonageAccount, nowMs: number): Promise<boolean> {
  const claims = await verified(request.headers['authorization'] ?? '', account.signatureSecret, nowMs);
  if (!claims) return false;
  const { iat, payload_hash: hash } = claims;
  if (typeof iat !== 'number' || Math.abs(nowMs / 1_000 - iat) > MOST_SECONDS_AWAY) return false;
  return isOfAccount(claims, account) && typeof hash === 'string' && isHashOf(hash, request.rawBody);
}

async function verified(header: string, secret: string, nowMs: number): Promise<JWTPayload | null> {
  const token = /^Bearer (\S{1,4096})$/i.exec(header)?.[1];
  if (token === undefined) return null;
  try {
    // Nothing but HS256: a token of another algorithm would bring the key it is verified with, or none.
    const how = { algorithms: ['HS256'], currentDate: new Date(nowMs), clockTolerance: MOST_SECONDS_AWAY };
    return (await jwtVerify(token, Buffer.from(secret), how)).payload;
  } catch {
    return null;
  }
}

function isOfAccount(claims: JWTPayload, { applicationId, apiKey }: VonageAccount): boolean {
  const named = [
    [claims['application_id'], applicationId],
    [claims['api_key'], apiKey],
  ].filter(([claimed, ours]) => claimed !== undefined && ours !== undefined);
  return named.length > 0 && named.every(([claimed, ours]) => claimed === ours);
}

/** Vonage hashes its JSON without blanks; whoever is in between may have put some in, and what it says is the same then. */
function isHashOf(hash: string, body: Buffer): boolean {
  const given = hash.toLowerCase();
  return isSameSignature(given, sha256(body)) || isSameSignature(given, sha256(withoutBlanks(body)));
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

function withoutBlanks(body: Buffer): string {
  try {
    return JSON.stringify(JSON.parse(body.toString('utf8')));
  } catch {
    return '';
  }
}
