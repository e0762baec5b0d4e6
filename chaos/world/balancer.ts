import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosNode } from './chaos-node.js';

const PROBE_MS = 400;

/** What stands before the nodes: asks who is ready, and takes those in turn. */
export class Balancer {
  private ready: ChaosNode[];
  private turn = 0;
  private probing = true;

  constructor(private readonly nodes: readonly [ChaosNode, ...ChaosNode[]]) {
    this.ready = [...nodes];
    void this.probe();
  }

  /** The `n`-th node, ready or not, for who does not care; they begin anew after the last. */
  node(n: number): ChaosNode {
    return this.nodes[n % this.nodes.length] ?? this.nodes[0];
  }

  /** The next one that was ready a moment ago; any when there is none. */
  next(): ChaosNode {
    this.turn += 1;
    return this.ready[this.turn % this.ready.length] ?? this.node(this.turn);
  }

  stop(): void {
    this.probing = false;
  }

  private async probe(): Promise<void> {
    while (this.probing) {
      const answers = await Promise.all(this.nodes.map((node) => node.isReady()));
      this.ready = this.nodes.filter((_, place) => answers[place]);
      await sleep(PROBE_MS);
    }
  }
}
