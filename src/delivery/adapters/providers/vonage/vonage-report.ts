import type { ProviderContext } from '../../../application/provider-type.js';
import type { ReportRequest } from '../../../application/provider.js';
import { formParameters, MOST_PARAMETERS } from '../proofs/form-parameters.js';
import type { VonageParameters } from './vonage-signature.js';

/** The parameters of a delivery receipt, in whichever way the account has its webhooks: GET, a form or JSON. */
export function receiptParameters({ method, query, rawBody }: ReportRequest): VonageParameters {
  if (method === 'GET') return query;
  const body = rawBody.toString('utf8');
  return body.trimStart().startsWith('{') ? ofJson(body) : Object.fromEntries(formParameters(rawBody) ?? []);
}

/** What is signed is text, also where JSON has a number. */
function ofJson(body: string): VonageParameters {
  try {
    const fields = Object.entries(JSON.parse(body) as object);
    if (fields.length > MOST_PARAMETERS) return {};
    return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

/** Vonage refuses longer ones (status 23). */
const LONGEST_CALLBACK = 100;

/**
 * Where the receipts of a message go. Where the address of the attempt is too long, they all come to the provider's own, and what
 * names the attempt and proves it comes back as the reference.
 */
export function receiptAddress(message: { reportUrl: string; attemptId: string; reportMac: string }) {
  const { reportUrl, attemptId, reportMac } = message;
  if (reportUrl.length <= LONGEST_CALLBACK) return { callback: reportUrl, 'client-ref': attemptId };
  const callback = reportUrl.slice(0, -`/${attemptId}/${reportMac}`.length);
  return { callback, 'client-ref': `${attemptId}.${reportMac}` };
}

/** The attempt that a reference names, if we made it. */
export function attemptOfReference(reference: string, context: Pick<ProviderContext, 'isOurs'>): string | undefined {
  const [, id = '', mac = ''] = /^([\w-]{1,64})\.([\w-]{1,64})$/.exec(reference) ?? [];
  return mac !== '' && context.isOurs(id, mac) ? id : undefined;
}
