import type { RedisNode } from './redis-node.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Address } from './redis-url.js';
import { Topology } from './topology.js';

const OPEN_MS = 3_000;

/** One server has every key, for ever. */
export class SingleTopology extends Topology {
  private readonly node: RedisNode;

  constructor(
    address: Address,
    private readonly nodes: RedisNodes,
  ) {
    super();
    this.node = nodes.at(address);
  }

  async open(): Promise<void> {
    await this.node.reached(OPEN_MS);
  }

  primaryOf(): RedisNode {
    return this.node;
  }

  primaries(): RedisNode[] {
    return [this.node];
  }

  at(address: Address): RedisNode {
    return this.nodes.at(address);
  }

  lookAgain(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.nodes.close();
  }
}
