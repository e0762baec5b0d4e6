import { isIP } from 'node:net';

/** Over what one speaks to a receiver. */
export type Scheme = 'https:' | 'http:';

/** Which addresses an installation tells events at. */
export interface AddressRules {
  /** @param address in the spelling of `URL`, without brackets */
  allows(address: string, over: Scheme): boolean;
  /** Whether nobody can allow it: what machines keep for themselves (metadata), and whoever is link-local. */
  forbids(address: string): boolean;
  /** Whether there are addresses that may be told without TLS. */
  readonly plain: boolean;
}

const LOOPBACK = '127.0.0.1';
const MOST_CHARACTERS = 2_048;
const ALLOWED_BY =
  'Whoever runs this installation can allow its network, with webhooks.privateNetworks in einmal.yaml.';

/**
 * What can be said before anybody is called; what a name leads to is decided whenever one connects to it (adapters/guarded-connect.ts).
 * `URL` has written every spelling of an address (octal, hexadecimal, short, full-width) as the one it means before we look.
 *
 * @returns what speaks against telling events at an address and what to do, in words; null when nothing does.
 */
export function endpointUrlProblem(text: string, rules: AddressRules): string | null {
  const url = text.length <= MOST_CHARACTERS && /^[\x21-\x7e]+$/.test(text) ? URL.parse(text) : null;
  if (!url) return 'is no URL. Write it like https://shop.example/hooks/einmal.';
  return schemeProblem(url, rules) ?? partProblem(url) ?? portProblem(url) ?? hostProblem(url, rules);
}

function schemeProblem({ protocol }: URL, rules: AddressRules): string | null {
  if (protocol === 'https:' || (protocol === 'http:' && rules.plain)) return null;
  return 'must begin with https://';
}

function partProblem({ username, password, hash }: URL): string | null {
  if (username !== '' || password !== '') return 'must not hold a name or a password.';
  return hash === '' ? null : 'must not hold a #: what follows it is never sent.';
}

/** Ports below 1024 belong to services that are no receivers of webhooks, and some act on the first bytes they get. */
function portProblem({ protocol, port }: URL): string | null {
  const usual = protocol === 'https:' ? '443' : '80';
  return port === '' || Number(port) >= 1_024 ? null : `must use port ${usual}, or one from 1024.`;
}

function hostProblem({ hostname, protocol }: URL, rules: AddressRules): string | null {
  if (hostname.endsWith('.')) return 'must not have a dot at the end of its name.';
  const address = addressIn(hostname);
  if (address === null || rules.allows(address, protocol as Scheme)) return null;
  if (rules.allows(address, 'https:')) return 'must begin with https:// for an address that is public.';
  if (rules.forbids(address))
    return `leads to ${address}, which is link-local or a metadata service, and is never told.`;
  return `leads to ${address}, which is not public. ${ALLOWED_BY}`;
}

/** The address that a host already is; for `localhost` the one that it always means (RFC 6761, section 6.3). */
function addressIn(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return bare;
  return /(^|\.)localhost$/.test(hostname) ? LOOPBACK : null;
}
