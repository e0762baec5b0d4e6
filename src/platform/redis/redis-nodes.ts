import type { Log } from '../log/log.js';
import type { ConnectionOptions } from './open-client.js';
import { nameOf, RedisNode } from './redis-node.js';
import type { Address } from './redis-url.js';

/** One connection to each server that has a part now. */
export class RedisNodes {
  private nodes = new Map<string, RedisNode>();

  constructor(
    readonly options: ConnectionOptions,
    private readonly log: Log,
  ) {}

  get all(): RedisNode[] {
    return [...this.nodes.values()];
  }

  /** The connection to a server, opened if there is none. */
  at(address: Address): RedisNode {
    const name = nameOf(address);
    const node = this.nodes.get(name) ?? new RedisNode(address, this.options, this.log);
    this.nodes.set(name, node);
    return node;
  }

  /** Closes the connections to all others. */
  keep(addresses: Address[]): void {
    const kept = new Set(addresses.map(nameOf));
    for (const [name, node] of this.nodes) {
      if (kept.has(name)) continue;
      this.nodes.delete(name);
      node.close();
    }
  }

  close(): void {
    this.keep([]);
  }
}
