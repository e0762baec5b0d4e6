import { startPrivateRedis } from '../../test/support/servers/private-redis.js';
import type { PrivateServer } from '../../test/support/servers/private-server.js';
import { RedisStore, type Wires } from './redis-store.js';
import { TcpProxy } from './tcp-proxy.js';

/** One Redis with an append-only file, as most installations have it. */
export class SingleRedis extends RedisStore {
  private constructor(private readonly server: PrivateServer) {
    super();
  }

  static async start(scratch: string): Promise<SingleRedis> {
    return new SingleRedis(await startPrivateRedis(scratch));
  }

  get servers(): PrivateServer[] {
    return [this.server];
  }

  primary(): Promise<PrivateServer> {
    return Promise.resolve(this.server);
  }

  async wires(): Promise<Wires> {
    const proxy = await TcpProxy.to(this.server.port);
    return { url: `redis://127.0.0.1:${String(proxy.port)}`, proxies: [proxy] };
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.server.kill();
  }
}
