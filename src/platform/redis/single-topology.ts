import type { Log } from '../log/log.js';
import { Lookout } from './lookout.js';
import type { RedisNode } from './redis-node.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Address } from './redis-url.js';
import { Topology } from './topology.js';

const OPEN_MS = 3_000;
const RENEW_MS = 500;

/**
 * One server has every key. Which one may change behind its name or address (a managed Redis, a virtual IP), and an open
 * connection stays with the former primary, which is a replica then: so it is made anew when a server says that it is none.
 */
export class SingleTopology extends Topology {
  private readonly node: RedisNode;
  private readonly lookout: Lookout;

  constructor(
    address: Address,
    private readonly nodes: RedisNodes,
    log: Log,
  ) {
    super();
    this.node = nodes.at(address);
    this.lookout = new Lookout(() => this.node.renewed(RENEW_MS), log);
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

  lookAgain(elsewhere: boolean): Promise<void> {
    return elsewhere ? this.lookout.now() : Promise.resolve();
  }

  close(): void {
    this.nodes.close();
  }
}
