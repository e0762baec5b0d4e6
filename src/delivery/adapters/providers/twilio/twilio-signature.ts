import { createHash, createHmac } from 'node:crypto';
import type { ReportRequest } from '../../../application/provider.js';
import { isSameSignature } from '../proofs/constant-time.js';
import { formParameters } from '../proofs/form-parameters.js';

/** The 20 bytes of an HMAC-SHA1 in base64: without such a header, nothing of a body is looked at. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * The parameters of a callback that Twilio signed, of messages and of calls alike; null when it did not. Nothing that is not
 * signed is among them: those of a GET stand in its address, those of JSON are trusted by the hash of it in the address.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 *
 * @param authToken the account's primary one: API keys sign nothing.
 */
export function signedParameters(request: ReportRequest, authToken: string): URLSearchParams | null {
  if (!SIGNATURE.test(request.headers['x-twilio-signature'] ?? '')) return null;
  const bodyHash = request.query['bodySHA256'];
  if (request.method === 'GET') return isSigned(request, authToken) ? new URL(request.url).searchParams : null;
  if (bodyHash !== undefined) {
    const hash = createHash('sha256').update(request.rawBody).digest('hex');
    return isSameSignature(bodyHash.toLowerCase(), hash) && isSigned(request, authToken)
      ? ofJson(request.rawBody)
      : null;
  }
  const form = formParameters(request.rawBody);
  return form && isSigned(request, authToken, form) ? form : null;
}

/** What Twilio puts into `X-Twilio-Signature` of a callback to a URL: parameters of its address are part of that, not of `form`. */
export const twilioSignature = (authToken: string, url: string, form = new URLSearchParams()): string =>
  signatureOver(authToken, url + inOneText(form));

const signatureOver = (authToken: string, text: string) => createHmac('sha1', authToken).update(text).digest('base64');

/** By name, then by value; a value that stands there twice is signed once. */
function inOneText(form: URLSearchParams): string {
  const valuesOf = new Map<string, Set<string>>();
  for (const [name, value] of form) valuesOf.set(name, (valuesOf.get(name) ?? new Set()).add(value));
  const names = [...valuesOf.keys()].sort();
  return names.flatMap((name) => [...(valuesOf.get(name) ?? [])].sort().map((value) => name + value)).join('');
}

function isSigned({ url, headers }: ReportRequest, authToken: string, form = new URLSearchParams()): boolean {
  const given = headers['x-twilio-signature'] ?? '';
  const parameters = inOneText(form);
  return spellings(url).some((spelling) => isSameSignature(given, signatureOver(authToken, spelling + parameters)));
}

/** Twilio signs with the port or without it, whatever it was told; the usual port may be written or not. */
function spellings(url: string): string[] {
  const [all = '', scheme = '', host = '', port] = /^(https?):\/\/(\[[^\]]*\]|[^/?#:]*)(:\d+)?/i.exec(url) ?? [];
  const usualPort = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  return ['', port ?? usualPort].map((spelled) => `${scheme}://${host}${spelled}${url.slice(all.length)}`);
}

function ofJson(body: Buffer): URLSearchParams {
  try {
    const fields = Object.entries(JSON.parse(body.toString('utf8')) as object);
    return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  } catch {
    return new URLSearchParams();
  }
}
