import { askRedis } from './ask-redis.js';
import { freePort } from './free-port.js';
import { startPrivateRedis } from './private-redis.js';
import type { PrivateServer } from './private-server.js';
import { until } from './until.js';

const MASTERS = 3;
const SLOTS = 16_384;

/** Three masters with a replica each, on loopback, with production's settings for what is kept. */
export async function startPrivateCluster(scratch: string): Promise<PrivateCluster> {
  const busPorts = await Promise.all(Array.from({ length: 2 * MASTERS }, freePort));
  const servers = await Promise.all(busPorts.map((busPort) => startMember(scratch, busPort)));
  const cluster = new PrivateCluster(servers);
  await cluster.form(busPorts);
  return cluster;
}

function startMember(scratch: string, busPort: number): Promise<PrivateServer> {
  return startPrivateRedis(scratch, {
    '--cluster-enabled': 'yes',
    // Without it the bus is at the port + 10000, which there may be none of.
    '--cluster-port': String(busPort),
    '--cluster-node-timeout': '1000',
    '--databases': '1',
    '--repl-diskless-sync-delay': '0',
  });
}

/** A Redis Cluster of which a master can be lost. */
export class PrivateCluster {
  /** @param servers the masters of the beginning, then as many replicas in the same order. */
  constructor(readonly servers: PrivateServer[]) {}

  /** As REDIS_URL has it: all of them, because any may be the one that is lost. */
  get url(): string {
    return `redis+cluster://${this.servers.map(({ port }) => `127.0.0.1:${String(port)}`).join(',')}`;
  }

  /** What `redis-cli --cluster create` does. */
  async form(busPorts: number[]): Promise<void> {
    const [first] = this.servers;
    const share = Math.ceil(SLOTS / MASTERS);
    await Promise.all(
      this.servers.map(async ({ port }, place) => {
        // Before they meet, or two of them may claim the same epoch and settle it first.
        await askRedis(port, 'CLUSTER', 'SET-CONFIG-EPOCH', String(place + 1));
        if (place >= MASTERS) return;
        const last = Math.min((place + 1) * share, SLOTS) - 1;
        await askRedis(port, 'CLUSTER', 'ADDSLOTSRANGE', String(place * share), String(last));
      }),
    );
    for (const [place, { port }] of this.servers.entries()) {
      if (place === 0) continue;
      const met = ['127.0.0.1', String(port), String(busPorts[place])];
      await askRedis(first?.port ?? 0, 'CLUSTER', 'MEET', ...met);
    }
    await Promise.all(this.servers.slice(MASTERS).map((server, place) => this.follow(server, this.servers[place])));
    await this.settled();
  }

  /** The servers that have slots now. */
  async masters(): Promise<PrivateServer[]> {
    const asked = this.servers.find(({ running }) => running);
    const ranges = (await askRedis(asked?.port ?? 0, 'CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
    const ports = new Set(ranges.map(([, , [, port]]) => port));
    return this.servers.filter(({ port }) => ports.has(port));
  }

  /** Ends a master without warning (SIGKILL). What it had not passed on to its replica yet is lost. @returns it. */
  async killPrimary(place = 0): Promise<PrivateServer> {
    const master = (await this.masters())[place];
    if (!master) throw new Error(`there is no master ${String(place)}`);
    await master.kill();
    return master;
  }

  /** Returns when every other server says that somebody has the lost one's slots and the cluster takes commands. */
  async promoted(lost: PrivateServer): Promise<void> {
    await until('a replica is promoted', async () => {
      const views = await Promise.all(this.servers.filter(({ running }) => running).map(({ port }) => viewOf(port)));
      return views.every(({ ok, ports }) => ok && ports.length === MASTERS && !ports.includes(lost.port)) || null;
    });
  }

  /** Returns when every running server finds the cluster whole and every replica has what its master has. */
  async settled(): Promise<void> {
    await until('the cluster is whole', async () => {
      const running = this.servers.filter((server) => server.running);
      const views = await Promise.all(running.map(({ port }) => viewOf(port)));
      return views.every(({ ok, ports, linked }) => ok && linked && ports.length === MASTERS) || null;
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
  }

  private async follow(replica: PrivateServer, master: PrivateServer | undefined): Promise<void> {
    const id = (await askRedis(master?.port ?? 0, 'CLUSTER', 'MYID')) as string;
    await until('the replica has heard of its master', () => askRedis(replica.port, 'CLUSTER', 'REPLICATE', id));
  }
}

/** What one server thinks of the cluster, and whether it is a master or connected to its own. */
async function viewOf(port: number): Promise<{ ok: boolean; ports: number[]; linked: boolean }> {
  const [info, ranges, role] = (await Promise.all([
    askRedis(port, 'CLUSTER', 'INFO'),
    askRedis(port, 'CLUSTER', 'SLOTS'),
    askRedis(port, 'ROLE'),
  ])) as [string, [number, number, [string, number]][], string[]];
  const ports = [...new Set(ranges.map(([, , [, master]]) => master))];
  return { ok: info.includes('cluster_state:ok'), ports, linked: role[0] === 'master' || role[3] === 'connected' };
}
