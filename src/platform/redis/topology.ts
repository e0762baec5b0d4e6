import type { RedisNode } from './redis-node.js';
import type { Address } from './redis-url.js';

/** Which server decides about a key now: one, the primary that Sentinels name, or one of a cluster's. */
export abstract class Topology {
  /** Finds every primary and connects. @throws when one can not be reached within seconds. */
  abstract open(): Promise<void>;

  /** @returns the primary that has the key, perhaps away at the moment; undefined while nobody is known to have it. */
  abstract primaryOf(key: string): RedisNode | undefined;

  /** Every primary, also one that is away at the moment. */
  abstract primaries(): RedisNode[];

  /** The server a cluster asks to be asked instead. */
  abstract at(address: Address): RedisNode;

  /**
   * Something failed as it does when primaries change: finds them again now, rather than at the next turn. Never throws.
   *
   * @param elsewhere a server has said itself that another is the primary now.
   */
  abstract lookAgain(elsewhere: boolean): Promise<void>;

  abstract close(): void;
}
