import { createHash, createHmac } from 'node:crypto';
import type { VendorAnswer, VendorRequest } from './fake-vendor.js';

/** What Twilio answers to a call that it places. */
export const placedByTwilio = (nth = 1): VendorAnswer => ({
  status: 201,
  body: JSON.stringify({ sid: `CA${String(nth).padStart(32, '0')}`, status: 'queued' }),
});

/** What Vonage answers to a call that it places. */
export const placedByVonage = (nth = 1): VendorAnswer => ({
  status: 201,
  body: JSON.stringify({ uuid: `63f61863-4a51-4f6b-86e1-${String(nth).padStart(12, '0')}`, status: 'started' }),
});

/** A Vonage account's own part of a webhook. */
export interface VonageSigner {
  signatureSecret: string;
  applicationId: string;
}

/** Signs an event as Vonage does, by hand: its own package only verifies. What `over` says is another's. */
export function vonageToken(
  { signatureSecret, applicationId }: VonageSigner,
  body: string,
  over: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
): string {
  const claims = {
    ...{ iss: 'Vonage', jti: 'a', iat: Math.floor(Date.now() / 1_000), application_id: applicationId },
    ...{ payload_hash: createHash('sha256').update(body).digest('hex'), ...over.claims },
  };
  const part = (of: object) => Buffer.from(JSON.stringify(of)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT', ...over.header })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', signatureSecret).update(signed).digest('base64url')}`;
}

/** The form of a call that Twilio was given. */
export const formOf = ({ body }: VendorRequest): URLSearchParams => new URLSearchParams(body.toString());

/** The digits that are said one by one in TwiML or in a list of actions; empty where none are. */
export const saidDigits = (spoken: string): string[] =>
  (spoken.match(/\d(?:<break time=\\?"500ms\\?"\/>\d)+/g) ?? []).map((digits) => digits.replace(/<[^>]*>/g, ''));
