import type { Fetch } from './asking/ask-once.js';

/** The first two may come as they are from an environment: where one is missing, that is told at once. */
export interface EinmalOptions {
  /** Where the service is: `https://einmal.internal`, also with a path before its own. */
  baseUrl: string | undefined;
  /** `ek_…`, with the scope `verify`. */
  apiKey: string | undefined;
  /** How long a call may take, repeated tries included. Default 10,000, half of which a check takes whose process dies. */
  timeoutMs?: number | undefined;
  /** Another `fetch` than the global one. */
  fetch?: Fetch | undefined;
  /** Takes http:// to another machine: the API key and codes cross that network for everybody to read. */
  allowHttp?: boolean | undefined;
}

export interface Settings {
  /** Without a slash at its end. */
  base: string;
  apiKey: string;
  timeoutMs: number;
  fetch: Fetch;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** @throws TypeError what is wrong, without quoting it: either may hold a secret. */
export function readSettings({
  baseUrl,
  apiKey,
  timeoutMs = 10_000,
  fetch,
  allowHttp = false,
}: EinmalOptions): Settings {
  if (apiKey === undefined || !/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError('apiKey must be an API key of Einmal, ek_….');
  if (!(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1)) throw new TypeError('timeoutMs must be a number of milliseconds.');
  return {
    base: baseOf(baseUrl, allowHttp),
    apiKey,
    timeoutMs,
    // Looked up at each call: whoever wraps the global one later, for traces, wraps this one, too.
    fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
}

function baseOf(baseUrl: string | undefined, allowHttp: boolean): string {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) throw new TypeError('baseUrl must be an absolute URL.');
  const { protocol, hostname, username, password, search, hash, origin, pathname } = new URL(baseUrl);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError('baseUrl must begin with https://.');
  if (username !== '' || password !== '') throw new TypeError('baseUrl must not hold a name or a password.');
  if (search !== '' || hash !== '') throw new TypeError('baseUrl must have no query and no fragment.');
  if (protocol === 'http:' && !allowHttp && !LOOPBACK.test(hostname))
    throw new TypeError('baseUrl must be https: the API key would be readable on its way. Else say allowHttp: true.');
  return origin + pathname.replace(/\/+$/, '');
}
