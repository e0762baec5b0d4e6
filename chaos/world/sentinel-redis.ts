import { startPrivateSentinel, type PrivateSentinel } from '../../test/support/servers/private-redis-sentinel.js';
import type { PrivateServer } from '../../test/support/servers/private-server.js';
import { RedisStore, type Wires } from './redis-store.js';
import { TcpProxy } from './tcp-proxy.js';

/** A primary with replicas under three Sentinels. */
export class SentinelRedis extends RedisStore {
  private constructor(private readonly set: PrivateSentinel) {
    super();
  }

  static async start(scratch: string): Promise<SentinelRedis> {
    return new SentinelRedis(await startPrivateSentinel(scratch));
  }

  get servers(): PrivateServer[] {
    return this.set.servers;
  }

  primary(): Promise<PrivateServer> {
    return this.set.primary();
  }

  /** Kills the primary, waits until a replica has its place, and brings the lost one back as a replica. */
  async failOver(): Promise<void> {
    const lost = await this.set.killPrimary();
    await this.set.promoted(lost);
    await lost.start();
  }

  /**
   * The Sentinels' answers name the servers by their ports; on a node's wires they name them by the ports of its wires instead.
   * Ports here have five digits, so the answers keep their length.
   */
  async wires(): Promise<Wires> {
    const { servers, sentinels, url } = this.set;
    const toServers = await Promise.all(servers.map(({ port }) => TcpProxy.to(port)));
    const renamed = new Map(servers.map(({ port }, n) => [String(port), String(toServers[n]?.port)]));
    const ports = new RegExp([...renamed.keys()].map((port) => `\\b${port}\\b`).join('|'), 'g');
    const rename = (answer: Buffer) => {
      const text = answer.toString('latin1').replace(ports, (port) => renamed.get(port) ?? port);
      return Buffer.from(text, 'latin1');
    };
    const toSentinels = await Promise.all(sentinels.map(({ port }) => TcpProxy.to(port, rename)));
    const hosts = toSentinels.map(({ port }) => `127.0.0.1:${String(port)}`).join(',');
    const name = url.slice(url.lastIndexOf('/'));
    return { url: `redis+sentinel://${hosts}${name}`, proxies: [...toServers, ...toSentinels] };
  }

  settled(): Promise<void> {
    return this.set.settled();
  }

  stop(): Promise<void> {
    return this.set.stop();
  }
}
