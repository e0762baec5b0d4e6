import type { RedisNode } from './redis-node.js';
import { within } from './within.js';

const ASK_MS = 500;

/** What `CLUSTER SLOTS` says of a range: first and last slot, its primary, its replicas. An empty host is the one asked. */
type SlotRange = [first: number, last: number, primary: [host: string | null, port: number], ...replicas: unknown[]];

/** Who has which slot, as one node sees it. */
export interface ClusterView {
  ranges: SlotRange[];
  told: RedisNode;
  /** Whether the node is with the majority and finds every slot served: `cluster_state`. */
  whole: boolean;
  /** The last election it has heard of: `cluster_current_epoch`. */
  epoch: number;
}

/** @returns null when it does not answer in time or knows of no slots. */
export async function viewOf(told: RedisNode): Promise<ClusterView | null> {
  try {
    const [ranges, info] = await within(
      ASK_MS,
      told.run((client) =>
        Promise.all([
          client.sendCommand<SlotRange[]>(['CLUSTER', 'SLOTS']),
          client.sendCommand<string>(['CLUSTER', 'INFO']),
        ]),
      ),
    );
    if (ranges.length === 0) return null;
    const epoch = Number(/^cluster_current_epoch:(\d+)/m.exec(info)?.[1] ?? 0);
    return { ranges, told, whole: info.includes('cluster_state:ok'), epoch };
  } catch {
    return null;
  }
}

/**
 * Whether one view is to be believed rather than another. A node that is cut off from the majority says so itself; its
 * epoch does not count then, since it may have begun elections that nobody could win. Of others the later epoch counts.
 */
export function isBetter(one: ClusterView, other: ClusterView): boolean {
  return one.whole === other.whole ? one.epoch > other.epoch : one.whole;
}
