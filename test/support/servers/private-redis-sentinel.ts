import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askRedis } from './ask-redis.js';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';
import { answersPing, redisProgram, startPrivateRedis } from './private-redis.js';
import { PrivateServer } from './private-server.js';
import { until } from './until.js';

const NAME = 'einmal';
const SENTINELS = 3;
/** How long the primary is silent before a Sentinel counts it as down; promotion follows within two or three seconds. */
const DOWN_AFTER_MS = 1_000;

/**
 * A primary with two replicas, watched by three Sentinels that agree by two. Everything on loopback, with production's
 * settings for what is kept.
 */
export async function startPrivateSentinel(scratch: string): Promise<PrivateSentinel> {
  const fast = { '--repl-diskless-sync-delay': '0' };
  const primary = await startPrivateRedis(scratch, fast);
  const replicaOf = { ...fast, '--replicaof': `127.0.0.1 ${String(primary.port)}` };
  const replicas = await Promise.all([1, 2].map(() => startPrivateRedis(scratch, replicaOf)));
  const sentinels = await Promise.all(Array.from({ length: SENTINELS }, () => startSentinel(scratch, primary.port)));
  const set = new PrivateSentinel([primary, ...replicas], sentinels);
  await set.settled();
  return set;
}

async function startSentinel(scratch: string, primaryPort: number): Promise<PrivateServer> {
  const file = await redisProgram();
  const folder = await mkdtemp(join(scratch, 'sentinel-'));
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  const lines = [
    ...['bind 127.0.0.1', `port ${String(port)}`, `dir ${folder}`],
    `sentinel monitor ${NAME} 127.0.0.1 ${String(primaryPort)} 2`,
    `sentinel down-after-milliseconds ${NAME} ${String(DOWN_AFTER_MS)}`,
    `sentinel failover-timeout ${NAME} 6000`,
  ];
  await writeFile(config, lines.join('\n'));
  const launch = async () => {
    const daemon = await Daemon.start(file, [config, '--sentinel'], { ready: () => answersPing(port) });
    // A starved machine is no reason to stop watching for half a minute, and nobody waits ten seconds for news of a replica.
    await askRedis(port, ...'SENTINEL DEBUG tilt-period 1000 info-period 500 publish-period 300'.split(' '));
    return daemon;
  };
  return PrivateServer.start({ url: `redis://127.0.0.1:${String(port)}`, folder }, launch);
}

/** A replicated Redis whose primary can be lost. */
export class PrivateSentinel {
  /** @param servers the primary of the beginning, then its replicas. */
  constructor(
    readonly servers: PrivateServer[],
    readonly sentinels: PrivateServer[],
  ) {}

  /** As REDIS_URL has it. */
  get url(): string {
    const hosts = this.sentinels.map(({ port }) => `127.0.0.1:${String(port)}`);
    return `redis+sentinel://${hosts.join(',')}/${NAME}`;
  }

  /** Whom the Sentinels call the primary now. @throws while they do not agree. */
  async primary(): Promise<PrivateServer> {
    const told = this.sentinels
      .filter(({ running }) => running)
      .map(({ port }) => askRedis(port, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME) as Promise<[string, string]>);
    const ports = new Set((await Promise.all(told)).map(([, port]) => Number(port)));
    const [server] = this.servers.filter(({ port }) => ports.has(port));
    if (!server || ports.size > 1) throw new Error(`no agreement: ${[...ports].join(', ')}`);
    return server;
  }

  /** Ends the primary without warning (SIGKILL). What it had not passed on to its replicas yet is lost. @returns it. */
  async killPrimary(): Promise<PrivateServer> {
    const primary = await this.primary();
    await primary.kill();
    return primary;
  }

  /** Returns when all Sentinels name another primary than the lost one and that one takes writes. @returns the new one. */
  promoted(lost: PrivateServer): Promise<PrivateServer> {
    return until('a replica is promoted', async () => {
      const primary = await this.primary();
      const [role] = (await askRedis(primary.port, 'ROLE')) as [string];
      return primary !== lost && role === 'master' ? primary : null;
    });
  }

  /** Returns when every running server is known to the Sentinels, has what the primary has, they know each other and none fails over. */
  async settled(): Promise<void> {
    await until('replicas and Sentinels know each other', async () => {
      const primary = await this.primary();
      const replicas = this.servers.filter((server) => server.running && server !== primary);
      const seen = await Promise.all(this.sentinels.map((sentinel) => viewOf(sentinel)));
      const whole = (view: View) => view.calm && view.sentinels === SENTINELS - 1 && view.replicas >= replicas.length;
      return seen.every(whole) || null;
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.sentinels, ...this.servers].map((server) => server.kill()));
  }
}

/** How many other Sentinels and how many connected replicas one Sentinel knows; `calm`: to it, the primary is well. */
interface View {
  sentinels: number;
  replicas: number;
  calm: boolean;
}

async function viewOf({ port }: PrivateServer): Promise<View> {
  const primary = (await askRedis(port, 'SENTINEL', 'MASTER', NAME)) as string[];
  const sentinels = (await askRedis(port, 'SENTINEL', 'SENTINELS', NAME)) as unknown[];
  const replicas = (await askRedis(port, 'SENTINEL', 'REPLICAS', NAME)) as string[][];
  const connected = replicas.filter(
    (fields) =>
      fields[fields.indexOf('master-link-status') + 1] === 'ok' && fields[fields.indexOf('flags') + 1] === 'slave',
  );
  const calm = primary[primary.indexOf('flags') + 1] === 'master';
  return { sentinels: sentinels.length, replicas: connected.length, calm };
}
