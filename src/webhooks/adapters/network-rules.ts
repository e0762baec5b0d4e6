import ipaddr from 'ipaddr.js';
import type { AddressRules, Scheme } from '../domain/endpoint-url.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** A network of the operator's own, where receivers may live. */
export interface OwnNetwork {
  /** CIDR */
  network: string;
  /** Whether they may be told without TLS. */
  plain: boolean;
}

/** Where one tries things out, receivers are on the same machine. */
const LOOPBACK: OwnNetwork[] = ['127.0.0.0/8', '::1/128'].map((network) => ({ network, plain: true }));

/** Where machines keep what only they themselves may read: never a receiver, whatever network an operator allows. */
const METADATA = [
  // Link-local: AWS, GCP, Azure, DigitalOcean, OpenStack, and everybody's neighbours.
  ...['169.254.0.0/16', 'fe80::/10'],
  // The same over IPv6 at AWS and GCP; Alibaba; Oracle; Azure's WireServer, whose address looks public.
  ...['fd00:ec2::254/128', 'fd20:ce::254/128', '100.100.100.200/32', '192.0.0.192/32', '168.63.129.16/32'],
].map((network) => ipaddr.parseCIDR(network));

/** What is assigned to the internet's hosts (IANA, IPv6 Global Unicast); all else, and what the library calls special, is not. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Events are told to global unicast addresses, over TLS, and to the operator's own networks. Every form in which an IPv4 address
 * hides in IPv6 (mapped, compatible, NAT64, 6to4, Teredo) is refused: nobody needs one who can be reached otherwise.
 */
export class NetworkRules implements AddressRules {
  readonly plain: boolean;
  private readonly own: { range: Range; plain: boolean }[];

  constructor(networks: OwnNetwork[]) {
    this.own = networks.map(({ network, plain }) => ({ range: ipaddr.parseCIDR(network), plain }));
    this.plain = this.own.some(({ plain }) => plain);
  }

  /**
   * @param named what the operator's configuration says.
   * @param embedded whether the installation has no stores of its own. Only then is there one person and one machine: whoever
   *   shares stores may have tenants, who must not reach what listens beside a process.
   */
  static of(
    { privateNetworks, http }: { privateNetworks: string[]; http: boolean },
    { embedded }: { embedded: boolean },
  ): NetworkRules {
    const own = privateNetworks.map((network) => ({ network, plain: http }));
    return new NetworkRules(embedded ? [...own, ...LOOPBACK] : own);
  }

  allows(text: string, over: Scheme): boolean {
    const address = read(text);
    if (!address || this.forbids(text)) return false;
    if (this.own.some(({ range, plain }) => isIn(address, range) && (plain || over === 'https:'))) return true;
    return over === 'https:' && isGlobal(address);
  }

  forbids(text: string): boolean {
    const address = read(text);
    return address !== null && METADATA.some((range) => isIn(address, range));
  }
}

function read(text: string): Address | null {
  const strict = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  return strict ? ipaddr.parse(text) : null;
}

const isIn = (address: Address, range: Range): boolean => address.kind() === range[0].kind() && address.match(range);

function isGlobal(address: Address): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(GLOBAL_IPV6));
}
