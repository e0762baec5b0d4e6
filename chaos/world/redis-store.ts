import type { PrivateServer } from '../../test/support/servers/private-server.js';
import type { TcpProxy } from './tcp-proxy.js';

/** The wires by which one node reaches Redis, and its REDIS_URL by them. */
export interface Wires {
  url: string;
  proxies: TcpProxy[];
}

/** The Redis of a run, alone or with replicas. */
export abstract class RedisStore {
  /** Every server that holds data, also while it is down. */
  abstract readonly servers: PrivateServer[];

  /** Whoever takes writes now. @throws while nobody does. */
  abstract primary(): Promise<PrivateServer>;

  /** Makes wires of one node's own. */
  abstract wires(): Promise<Wires>;

  /** Returns when it is as complete as at the beginning. */
  abstract settled(): Promise<void>;

  abstract stop(): Promise<void>;
}
