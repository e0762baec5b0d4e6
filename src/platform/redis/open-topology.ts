import type { Log } from '../log/log.js';
import { ClusterTopology } from './cluster-topology.js';
import { RedisNode } from './redis-node.js';
import { RedisNodes } from './redis-nodes.js';
import { parseRedisUrl } from './redis-url.js';
import { SentinelTopology } from './sentinel-topology.js';
import { SingleTopology } from './single-topology.js';
import type { Topology } from './topology.js';

/** What REDIS_URL names; it begins to connect at once. @throws when the URL is none: `env.ts` tells it in time. */
export function topologyOf(url: string, log: Log): Topology {
  const { target, ...refused } = parseRedisUrl(url);
  if (!target) throw new Error(`REDIS_URL: ${'problem' in refused ? refused.problem : ''}`);
  const { tls, login } = target;
  switch (target.kind) {
    case 'single':
      return new SingleTopology(target.address, new RedisNodes({ tls, login, database: target.database }, log), log);
    case 'cluster':
      return new ClusterTopology(target.nodes, new RedisNodes({ tls, login, database: 0 }, log), log);
    case 'sentinel': {
      const asSentinel = { tls, login: target.sentinelLogin, database: 0 };
      const sentinels = target.sentinels.map((address) => new RedisNode(address, asSentinel, log));
      const servers = new RedisNodes({ tls, login, database: target.database }, log);
      return new SentinelTopology(target.primaryName, sentinels, servers, log);
    }
  }
}
