import { observe, observed, secondsSince } from '../../shared/observations.js';
import { unavailable } from '../../shared/refusals.js';
import type { Log } from '../log/log.js';
import { traced } from '../tracing/traced.js';
import { topologyOf } from './open-topology.js';
import { redirectionOf } from './redirection.js';
import { Unreached, type RedisNode } from './redis-node.js';
import { runScript, runScriptAsking, type ScriptCall } from './run-script.js';
import type { Script, ScriptReply } from './script.js';
import { Subscription } from './subscription.js';
import type { Topology } from './topology.js';

const REACHED_MS = 500;

const DATABASE = { 'db.system.name': 'redis' };

/**
 * Redis as the rest of the service sees it: one server, a set under Sentinels or a cluster. There is no offline queue: while
 * the primary of a key is away every call about it fails with 503, at once or within two seconds, so nothing is decided
 * late or twice. When it is back, or another has taken its place, calls go on by themselves.
 */
export class RedisConnection {
  private readonly topology: Topology;
  private readonly subscription: Subscription;

  constructor(
    url: string,
    private readonly log: Log,
    /** Before every key and channel name; tests use a random one each. */
    readonly prefix = 'einmal:',
  ) {
    this.topology = topologyOf(url, log);
    this.subscription = new Subscription(() => this.topology.primaries(), log);
  }

  /** @throws when a primary is not known or not reached within a few seconds. */
  async open(): Promise<this> {
    await this.topology.open();
    return this;
  }

  /** The names of the servers that decide now. */
  primaries(): string[] {
    return this.topology.primaries().map(({ name }) => name);
  }

  /**
   * What each primary says of itself, by its name: `INFO`. One that is a replica by now is looked for again first: while
   * readiness says no there may be no script that would find it out.
   *
   * @throws when one does not answer.
   */
  async info(): Promise<Map<string, string>> {
    const told = await this.toldByPrimaries();
    if (![...told.values()].some((info) => /^role:slave/m.test(info))) return told;
    await this.topology.lookAgain(true);
    return this.toldByPrimaries();
  }

  /** Runs a script where its keys are; they share one hash tag. @throws 503 `unavailable` */
  evaluate(script: Script, keys: string[], args: (string | number | Buffer)[]): Promise<ScriptReply> {
    const call = { script, keys, args: args.map((value) => (typeof value === 'number' ? String(value) : value)) };
    return traced(`redis ${script.name}`, 'client', DATABASE, () => this.run(call));
  }

  /** Whether every primary answers. */
  async ping(): Promise<boolean> {
    try {
      const answers = await Promise.all(this.topology.primaries().map((node) => node.run((client) => client.ping())));
      return answers.length > 0;
    } catch {
      return false;
    }
  }

  /** Tells every node; a node that does not hear it finds out by polling. Never throws. */
  publish(channel: string, message: string): void {
    const node = this.topology.primaries().find(({ ready }) => ready);
    const published = node?.run((client) => client.publish(this.prefix + channel, message));
    published?.catch((error: unknown) => {
      this.log.failure('redis.publish-failed', error);
    });
  }

  /** Hears a channel from now on, also after fail-overs. Never throws: while Redis is away nothing is heard. */
  subscribe(channel: string, listener: (message: string) => void): Promise<void> {
    return this.subscription.add(this.prefix + channel, listener);
  }

  close(): void {
    this.subscription.close();
    this.topology.close();
  }

  private async toldByPrimaries(): Promise<Map<string, string>> {
    const told = this.topology
      .primaries()
      .map(async (node) => [node.name, await node.run((client) => client.info())] as const);
    return new Map(await Promise.all(told));
  }

  private async run(call: ScriptCall): Promise<ScriptReply> {
    const askedAt = performance.now();
    try {
      const reply = await this.runThere(call);
      if (observed()) tellAsked(true, askedAt);
      return reply;
    } catch (error) {
      if (observed()) tellAsked(false, askedAt);
      throw error;
    }
  }

  private async runThere(call: ScriptCall): Promise<ScriptReply> {
    try {
      return await runScript(this.primaryOf(call), call);
    } catch (error) {
      return this.elsewhere(error, call);
    }
  }

  /** A call that its server sent on is run once more, where it belongs. It was not run before. */
  private async elsewhere(error: unknown, call: ScriptCall): Promise<ScriptReply> {
    const redirection = redirectionOf(error);
    try {
      // One key has gone ahead of its slot: nothing else has changed, so there is nothing to look for.
      if (redirection?.kind === 'ask')
        return await runScriptAsking(await this.topology.at(redirection.address).reached(REACHED_MS), call);
      const looked = this.topology.lookAgain(redirection !== null);
      if (!redirection) throw error;
      await looked;
      return await runScript(this.primaryOf(call), call);
    } catch (failure) {
      this.log.failure('redis.command-failed', failure);
      throw unavailable(
        'The store that counts attempts can not be reached, so nothing is let through. Try again shortly.',
      );
    }
  }

  private primaryOf({ keys: [key = ''] }: ScriptCall): RedisNode {
    const node = this.topology.primaryOf(key);
    if (!node) throw new Unreached('no primary');
    return node;
  }
}

function tellAsked(answered: boolean, askedAt: number): void {
  observe({ kind: 'store-asked', store: 'redis', answered, seconds: secondsSince(askedAt) });
}
