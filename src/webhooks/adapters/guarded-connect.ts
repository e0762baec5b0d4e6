import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRules, Scheme } from '../domain/endpoint-url.js';
import type { Resolve } from './resolve-name.js';

/** Of the 15 s that a try has: TCP and TLS. */
const CONNECT_MS = 5_000;
/** Until the next of several addresses is tried; Node's own 250 ms give up on who is merely far away. */
const EACH_ADDRESS_MS = 1_500;

/** Nobody was called. */
class AddressNotAllowed extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

export interface Guard {
  rules: AddressRules;
  resolve: Resolve;
  /** Certificate authorities, in PEM, instead of the usual ones. */
  ca?: string;
}

/**
 * Connects to none but allowed addresses (SSRF, CVE-2024-29415, ASVS 1.3.6). A name is resolved once and every address of it
 * looked at; the socket gets these very addresses, so that a name which leads elsewhere a moment later (rebinding) leads nowhere. The
 * certificate must still be the name's.
 */
export function guardedConnect(guard: Guard): buildConnector.connector {
  const through = { 'https:': connector(guard, 'https:'), 'http:': connector(guard, 'http:') };
  return (options, callback) => {
    const over = options.protocol === 'https:' ? 'https:' : 'http:';
    // Sockets look up names only.
    if (isIP(options.hostname) !== 0 && !guard.rules.allows(options.hostname, over))
      callback(new AddressNotAllowed(), null);
    else through[over](options, callback);
  };
}

const connector = ({ rules, resolve, ca }: Guard, over: Scheme) =>
  buildConnector({
    ...{ timeout: CONNECT_MS, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: EACH_ADDRESS_MS },
    ...{ lookup: guardedLookup(resolve, (address) => rules.allows(address, over)) },
    ...(ca !== undefined && { ca }),
  });

/** One address that is not allowed speaks against the others, too: no honest name leads both ways. */
function guardedLookup(resolve: Resolve, allows: (address: string) => boolean): LookupFunction {
  return (name, options, callback) => {
    void resolve(name).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (!first || !addresses.every(allows)) callback(new AddressNotAllowed(), '');
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, '');
      },
    );
  };
}
