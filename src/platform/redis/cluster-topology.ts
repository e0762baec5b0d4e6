import type { Log } from '../log/log.js';
import { keySlot, SLOTS } from './key-slot.js';
import { Lookout } from './lookout.js';
import { Unreached, type RedisNode } from './redis-node.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Address } from './redis-url.js';
import { Topology } from './topology.js';
import { within } from './within.js';

const OPEN_MS = 3_000;
const ASK_MS = 500;

/** What `CLUSTER SLOTS` says of a range: first and last slot, its primary, its replicas. An empty host is the one asked. */
type SlotRange = [first: number, last: number, primary: [host: string | null, port: number], ...replicas: unknown[]];

/**
 * Each primary of a cluster has the keys of its slots. Who has which is asked every second and when a call found out that
 * it has changed: a primary that died can not send anybody on to its successor.
 */
export class ClusterTopology extends Topology {
  private slots: (RedisNode | undefined)[] = [];
  private masters: RedisNode[] = [];
  private readonly lookout = new Lookout(() => this.look());

  constructor(
    private readonly seeds: Address[],
    private readonly nodes: RedisNodes,
    private readonly log: Log,
  ) {
    super();
    for (const seed of seeds) nodes.at(seed);
  }

  async open(): Promise<void> {
    await Promise.any(this.nodes.all.map((node) => node.reached(OPEN_MS))).catch((error: unknown) => {
      throw error instanceof AggregateError ? error.errors[0] : error;
    });
    await this.lookout.now();
    if (this.masters.length === 0) throw new Unreached('no node of REDIS_URL tells of a cluster');
    await Promise.all(this.masters.map((node) => node.reached(OPEN_MS)));
    this.lookout.start();
  }

  primaryOf(key: string): RedisNode | undefined {
    return this.slots[keySlot(key)];
  }

  primaries(): RedisNode[] {
    return this.masters;
  }

  at(address: Address): RedisNode {
    return this.nodes.at(address);
  }

  lookAgain(): Promise<void> {
    return this.lookout.now();
  }

  close(): void {
    this.lookout.stop();
    this.nodes.close();
  }

  /** Asks one after the other, in a changing order, so that no single node's view decides for long. */
  private async look(): Promise<void> {
    const seeds = this.seeds.map((seed) => this.nodes.at(seed));
    const asked = [...new Set([...this.masters, ...seeds])].filter(({ ready }) => ready);
    for (const node of asked.sort(() => Math.random() - 0.5)) {
      const ranges = await within(ASK_MS, ask(node)).catch(() => []);
      if (ranges.length > 0) return this.adopt(ranges, node);
    }
  }

  private async adopt(ranges: SlotRange[], told: RedisNode): Promise<void> {
    const slots = new Array<RedisNode | undefined>(SLOTS);
    for (const [first, last, [host, port]] of ranges)
      slots.fill(this.nodes.at({ host: host || told.address.host, port }), first, last + 1);
    const masters = [...new Set(slots)].filter((node) => node !== undefined);
    const fresh = masters.filter((node) => !this.masters.includes(node));
    if (fresh.length > 0) this.log.warn('redis.primaries', { nodes: masters.map(({ name }) => name) });
    this.slots = slots;
    this.masters = masters;
    this.nodes.keep([...masters.map(({ address }) => address), ...this.seeds]);
    await Promise.allSettled(fresh.map((node) => node.reached(ASK_MS)));
  }
}

const ask = (node: RedisNode) => node.run((client) => client.sendCommand<SlotRange[]>(['CLUSTER', 'SLOTS']));
