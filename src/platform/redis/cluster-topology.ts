import type { Log } from '../log/log.js';
import { isBetter, viewOf, type ClusterView } from './cluster-view.js';
import { keySlot, SLOTS } from './key-slot.js';
import { Lookout } from './lookout.js';
import { Unreached, type RedisNode } from './redis-node.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Address } from './redis-url.js';
import { Topology } from './topology.js';

const OPEN_MS = 3_000;
const REACH_MS = 500;

/**
 * Each primary of a cluster has the keys of its slots. Who has which is asked every second and when a call found out that
 * it has changed: a primary that died can not send anybody on to its successor.
 */
export class ClusterTopology extends Topology {
  private slots: (RedisNode | undefined)[] = [];
  private masters: RedisNode[] = [];
  private epoch = 0;
  /** Where calls were sent since the last look: a new primary has keys before it has a slot, and is told of by nobody. */
  private readonly ahead = new Set<Address>();
  private readonly lookout: Lookout;

  constructor(
    private readonly seeds: Address[],
    private readonly nodes: RedisNodes,
    private readonly log: Log,
  ) {
    super();
    this.lookout = new Lookout(() => this.look(), log);
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
    const node = this.nodes.at(address);
    this.ahead.add(node.address);
    return node;
  }

  lookAgain(): Promise<void> {
    return this.lookout.now();
  }

  close(): void {
    this.lookout.stop();
    this.nodes.close();
  }

  /**
   * Asks one after the other, in a changing order, until one is of the majority and has heard of every election that is
   * known of. When none is, the best there is counts: while slots have no primary nobody finds the cluster whole.
   */
  private async look(): Promise<void> {
    const seeds = this.seeds.map((seed) => this.nodes.at(seed));
    const asked = [...new Set([...this.masters, ...seeds])].filter(({ ready }) => ready);
    let best: ClusterView | null = null;
    for (const node of asked.sort(() => Math.random() - 0.5)) {
      const view = await viewOf(node);
      if (view && (!best || isBetter(view, best))) best = view;
      if (best?.whole && best.epoch >= this.epoch) break;
    }
    if (best) await this.adopt(best);
  }

  private async adopt({ ranges, told, epoch }: ClusterView): Promise<void> {
    const slots = new Array<RedisNode | undefined>(SLOTS);
    for (const [first, last, [host, port]] of ranges)
      slots.fill(this.nodes.at({ host: host || told.address.host, port }), first, last + 1);
    const masters = [...new Set(slots)].filter((node) => node !== undefined);
    const fresh = masters.filter((node) => !this.masters.includes(node));
    if (fresh.length > 0) this.log.warn('redis.primaries', { nodes: masters.map(({ name }) => name) });
    this.slots = slots;
    this.masters = masters;
    this.epoch = epoch;
    this.nodes.keep([...masters.map(({ address }) => address), ...this.seeds, ...this.ahead]);
    this.ahead.clear();
    await Promise.allSettled(fresh.map((node) => node.reached(REACH_MS)));
  }
}
