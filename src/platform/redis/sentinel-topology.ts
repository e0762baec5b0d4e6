import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.js';
import { Lookout } from './lookout.js';
import { nameOf, Unreached, type RedisNode } from './redis-node.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Address } from './redis-url.js';
import { Topology } from './topology.js';
import { within } from './within.js';

const OPEN_MS = 3_000;
/** A Sentinel that hangs must not keep the others from being heard. */
const ASK_MS = 500;
/** Between two looks for the first primary. */
const AGAIN_MS = 200;

/** What a Sentinel holds for the primary, and in which epoch it became so. */
interface Told {
  address: Address;
  epoch: number;
}

/**
 * The primary that Sentinels name has every key. Of several answers the one of the latest fail-over counts, and a server is
 * taken only when it says itself that it is a primary: a replica answers reads from the past.
 */
export class SentinelTopology extends Topology {
  private primary: RedisNode | undefined;
  private readonly lookout: Lookout;

  constructor(
    private readonly primaryName: string,
    private readonly sentinels: RedisNode[],
    private readonly servers: RedisNodes,
    private readonly log: Log,
  ) {
    super();
    this.lookout = new Lookout(() => this.look(), log);
  }

  async open(): Promise<void> {
    const deadline = performance.now() + OPEN_MS;
    await Promise.any(this.sentinels.map((sentinel) => sentinel.reached(OPEN_MS))).catch((error: unknown) => {
      throw error instanceof AggregateError ? error.errors[0] : error;
    });
    while (!(await this.found())) {
      if (performance.now() > deadline)
        throw new Unreached(`the Sentinels name no primary ${this.primaryName} that answers`);
      await sleep(AGAIN_MS);
    }
    this.lookout.start();
  }

  primaryOf(): RedisNode | undefined {
    return this.primary;
  }

  primaries(): RedisNode[] {
    return this.primary ? [this.primary] : [];
  }

  at(address: Address): RedisNode {
    return this.servers.at(address);
  }

  lookAgain(): Promise<void> {
    return this.lookout.now();
  }

  close(): void {
    this.lookout.stop();
    for (const sentinel of this.sentinels) sentinel.close();
    this.servers.close();
  }

  private async found(): Promise<boolean> {
    await this.lookout.now();
    return this.primary !== undefined;
  }

  private async look(): Promise<void> {
    const answers = await Promise.all(this.sentinels.map((sentinel) => this.ask(sentinel)));
    const [latest] = answers.filter((told) => told !== null).sort((a, b) => b.epoch - a.epoch);
    if (!latest || this.primary?.name === nameOf(latest.address)) return;
    const named = this.servers.at(latest.address);
    if (!(await isPrimary(named))) return;
    this.log.warn('redis.primary', { node: named.name });
    this.primary = named;
    this.servers.keep([named.address]);
  }

  /** @returns null when it does not answer or does not know the name. */
  private async ask(sentinel: RedisNode): Promise<Told | null> {
    const question = ['SENTINEL', 'MASTER', this.primaryName];
    const answer = sentinel.run((client) => client.sendCommand<string[]>(question));
    const fields = await within(ASK_MS, answer).catch(() => null);
    if (!fields) return null;
    const field = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
    return { address: { host: field('ip'), port: Number(field('port')) }, epoch: Number(field('config-epoch')) };
  }
}

async function isPrimary(server: RedisNode): Promise<boolean> {
  try {
    await server.reached(ASK_MS);
    const role = await within(
      ASK_MS,
      server.run((client) => client.sendCommand<[string]>(['ROLE'])),
    );
    return role[0] === 'master';
  } catch {
    return false;
  }
}
