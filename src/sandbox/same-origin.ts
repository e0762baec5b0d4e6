import { isIP } from 'node:net';

/** The request headers that tell which page in a browser is asking. */
export interface AskingPage {
  host?: string | undefined;
  origin?: string | undefined;
  'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Why a request may not use an interface that has no key, or null when it may. A web page the visitor also has open must
 * not drive it (`Sec-Fetch-Site`, `Origin`), nor one whose own name was pointed at this machine (DNS rebinding: `Host`).
 */
export function refusalFor(headers: AskingPage, publicUrl: string): 'other-site' | 'other-host' | null {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'other-site';
  const askedBy = headers.origin === undefined ? headers.host : hostOf(headers.origin);
  if (askedBy !== headers.host && askedBy !== hostOf(publicUrl)) return 'other-site';
  return isOurName(headers.host ?? '', publicUrl) ? null : 'other-host';
}

/** Names nobody else can point here: addresses, localhost, names without a dot (not in public DNS), and the configured one. */
function isOurName(host: string, publicUrl: string): boolean {
  const name = nameOf(`http://${host}`);
  if (name === '') return false;
  const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  return isAddress || !name.includes('.') || name.endsWith('.localhost') || name === nameOf(publicUrl);
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
const nameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');
