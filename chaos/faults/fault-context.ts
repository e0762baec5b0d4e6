import type { Carrier } from '../carrier/carrier.js';
import type { Seeded } from '../seeded.js';
import type { ChaosNode } from '../world/chaos-node.js';
import type { Stores } from '../world/stores.js';

/** What a fault can reach. */
export interface FaultContext {
  nodes: readonly [ChaosNode, ...ChaosNode[]];
  stores: Stores;
  carrier: Carrier;
}

/** Who is struck, in a word, and what else there is to say, as a fault has it. */
export interface Struck {
  target: string;
  detail: string;
  promoted?: true;
}

/**
 * Does harm and puts it right again. It tells what it has chosen before it strikes, and returns when nothing is broken any more
 * as far as it knows itself.
 */
export type Strike = (
  context: FaultContext,
  plan: { lastsMs: number; random: Seeded },
  tell: (struck: Struck) => void,
) => Promise<void>;
