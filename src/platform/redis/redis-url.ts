/** Where one server listens. */
export interface Address {
  host: string;
  port: number;
}

export interface Login {
  username?: string;
  password?: string;
}

/** What REDIS_URL names. `tls` and `login` hold for every Redis server of it. */
export type RedisTarget = { tls: boolean; login: Login } & (
  | { kind: 'single'; address: Address; database: number }
  | { kind: 'sentinel'; sentinels: Address[]; sentinelLogin: Login; primaryName: string; database: number }
  | { kind: 'cluster'; nodes: Address[] }
);

const FORMS = [
  'redis://host:6379[/database]',
  'redis+sentinel://host1:26379,host2:26379,host3:26379/primary-name[/database]',
  'redis+cluster://host1:6379,host2:6379,host3:6379',
];
const SPELLING =
  /^redis(?<tls>s)?(?:\+(?<kind>sentinel|cluster))?:\/\/(?<authority>[^/?#]*)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/;
const HOST = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/;
const QUERY: Record<RedisTarget['kind'], string[]> = {
  sentinel: ['sentinelUser', 'sentinelPassword'],
  cluster: [],
  single: [],
};

/** Thrown inside this file only: the text is told as a problem. */
class Unreadable extends Error {}

/**
 * Reads REDIS_URL: one server, a set watched by Sentinels, or a cluster; `rediss` for TLS. Several hosts are no URL to
 * `URL`, so it is taken apart here. User and password are percent-encoded.
 *
 * @returns the target, or the problem in words that never repeat a password.
 */
export function parseRedisUrl(text: string): { target: RedisTarget } | { target: null; problem: string } {
  try {
    return { target: targetOf(text) };
  } catch (error) {
    if (error instanceof Unreadable) return { target: null, problem: error.message };
    throw error;
  }
}

function targetOf(text: string): RedisTarget {
  const parts = SPELLING.exec(text)?.groups;
  if (!parts) throw new Unreadable(`must be one of ${FORMS.join(' or ')}; rediss for TLS`);
  const kind = (parts['kind'] ?? 'single') as RedisTarget['kind'];
  const authority = parts['authority'] ?? '';
  const at = authority.lastIndexOf('@');
  const [user = '', ...password] = authority.slice(0, Math.max(at, 0)).split(':');
  const login = loginOf(decoded(user), decoded(password.join(':')));
  const server = { tls: parts['tls'] === 's', login };
  const addresses = addressesOf(authority.slice(at + 1), kind === 'sentinel' ? 26_379 : 6_379);
  const path = (parts['path'] ?? '').split('/').slice(1).filter(Boolean).map(decoded);
  const query = queryOf(parts['query'] ?? '', kind);
  if (kind === 'single') return { ...server, kind, address: onlyOne(addresses), database: databaseOf(path) };
  if (kind === 'cluster') {
    if (path.length > 0) throw new Unreadable('a cluster has no numbered databases; end it after the hosts');
    return { ...server, kind, nodes: addresses };
  }
  const [primaryName, ...rest] = path;
  if (primaryName === undefined)
    throw new Unreadable(`does not say which primary the Sentinels watch; write ${FORMS[1] ?? ''}`);
  const sentinelLogin = loginOf(query.get('sentinelUser') ?? '', query.get('sentinelPassword') ?? '');
  return { ...server, kind, sentinels: addresses, sentinelLogin, primaryName, database: databaseOf(rest) };
}

function addressesOf(hosts: string, usualPort: number): [Address, ...Address[]] {
  const [first = '', ...others] = hosts.split(',');
  const address = (host: string): Address => {
    const { ipv6, name, port = usualPort } = HOST.exec(host)?.groups ?? {};
    const found = ipv6 ?? name;
    if (found === undefined || Number(port) > 65_535 || Number(port) === 0)
      throw new Unreadable(
        'has a host that is not host:port (an IPv6 address stands in brackets, hosts between commas)',
      );
    return { host: found, port: Number(port) };
  };
  return [address(first), ...others.map(address)];
}

function onlyOne([address, ...others]: [Address, ...Address[]]): Address {
  if (others.length > 0)
    throw new Unreadable('names several hosts; say what they are: redis+sentinel:// or redis+cluster://');
  return address;
}

function databaseOf(path: string[]): number {
  const [number = '0', ...rest] = path;
  if (rest.length > 0 || !/^\d{1,4}$/.test(number))
    throw new Unreadable('the database after the last / must be a number');
  return Number(number);
}

function queryOf(text: string, kind: RedisTarget['kind']): Map<string, string> {
  const pairs = text
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split('='));
  const query = new Map(pairs.map(([name = '', ...value]) => [name, decoded(value.join('='))]));
  const unknown = [...query.keys()].find((name) => !QUERY[kind].includes(name));
  if (unknown !== undefined) throw new Unreadable(`has a parameter that means nothing: ${unknown}`);
  return query;
}

function loginOf(username: string, password: string): Login {
  return { ...(username && { username }), ...(password && { password }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unreadable('has a % that is no percent-encoding; write %25 for a % itself');
  }
}
