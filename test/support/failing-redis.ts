import { startPrivateCluster } from './servers/private-redis-cluster.js';
import { startPrivateSentinel } from './servers/private-redis-sentinel.js';
import type { PrivateServer } from './servers/private-server.js';

/** A Redis that goes on with a replica when a primary is lost. */
export interface FailingRedis {
  readonly url: string;
  readonly servers: PrivateServer[];
  /** Ends a primary without warning. What it had not passed on to its replica yet is lost. */
  killPrimary(): Promise<PrivateServer>;
  /** Returns when another has taken its place. */
  promoted(lost: PrivateServer): Promise<unknown>;
  /** Returns when every running server has what its primary has. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Each way of having several Redis, by its name. */
export const failingRedis: [string, (scratch: string) => Promise<FailingRedis>][] = [
  ['Sentinel', startPrivateSentinel],
  ['Cluster', startPrivateCluster],
];
