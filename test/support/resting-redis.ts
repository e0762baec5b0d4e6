import { Log } from '../../src/platform/log/log.js';
import { topologyOf } from '../../src/platform/redis/open-topology.js';
import type { Client } from '../../src/platform/redis/open-client.js';
import type { Topology } from '../../src/platform/redis/topology.js';

/** What rests in a Redis, be it one server, a set under Sentinels or a cluster: for tests to look at and to change. */
export class RestingRedis {
  private constructor(private readonly topology: Topology) {}

  static async open(url: string): Promise<RestingRedis> {
    const topology = topologyOf(url, Log.to('silent'));
    await topology.open();
    return new RestingRedis(topology);
  }

  async keys(pattern: string): Promise<string[]> {
    return (await this.everywhere((client) => client.keys(pattern))).flat();
  }

  /** Any command about a key. */
  at<T>(key: string, command: (client: Client) => Promise<T>): Promise<T> {
    const node = this.topology.primaryOf(key);
    if (!node) throw new Error('no primary');
    return node.run(command);
  }

  type = (key: string) => this.at(key, (client) => client.type(key));
  get = (key: string) => this.at(key, (client) => client.get(key));
  hGetAll = (key: string) => this.at(key, (client) => client.hGetAll(key));
  hKeys = (key: string) => this.at(key, (client) => client.hKeys(key));
  hVals = (key: string) => this.at(key, (client) => client.hVals(key));
  hSet = (key: string, field: string, value: string) => this.at(key, (client) => client.hSet(key, field, value));
  hDel = (key: string, field: string | string[]) => this.at(key, (client) => client.hDel(key, field));
  pTTL = (key: string) => this.at(key, (client) => client.pTTL(key));
  pExpireTime = (key: string) => this.at(key, (client) => client.pExpireTime(key));
  incr = (key: string) => this.at(key, (client) => client.incr(key));

  set(key: string, value: string | number, { ttlMs }: { ttlMs: number }): Promise<unknown> {
    return this.at(key, (client) => client.set(key, value, { expiration: { type: 'PX', value: ttlMs } }));
  }

  async del(...keys: string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.at(key, (client) => client.del(key))));
  }

  /** Nodes of a cluster pass it on to each other. */
  async publish(channel: string, message: string): Promise<void> {
    await this.at('', (client) => client.publish(channel, message));
  }

  /** Loses everything in its database, or in the whole cluster. */
  async wipe(): Promise<void> {
    await this.everywhere((client) => client.flushDb());
  }

  /** How many numbered databases there are. */
  async databases(): Promise<number> {
    const { databases } = await this.at('', (client) => client.configGet('databases'));
    return Number(databases);
  }

  close(): void {
    this.topology.close();
  }

  private everywhere<T>(command: (client: Client) => Promise<T>): Promise<T[]> {
    return Promise.all(this.topology.primaries().map((node) => node.run(command)));
  }
}
