import type { Log } from '../log/log.js';
import { clientFor, type Client } from './open-client.js';
import type { RedisNode } from './redis-node.js';

const EVERY_MS = 1_000;

type Listener = (message: string) => void;

/**
 * A connection of its own that hears what is published anywhere: a cluster passes messages on between its nodes. It is
 * looked after every second, and made anew on a primary of that moment when it has broken or its server is none any more.
 * What is published meanwhile is not heard.
 */
export class Subscription {
  private readonly listeners = new Map<string, Listener>();
  private client: Client | null = null;
  private on: RedisNode | null = null;
  private opening: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** @param primaries those there are now. */
  constructor(
    private readonly primaries: () => RedisNode[],
    private readonly log: Log,
  ) {}

  /** Never throws: while Redis is away it is tried again every second. */
  async add(channel: string, listener: Listener): Promise<void> {
    this.listeners.set(channel, listener);
    this.drop();
    this.timer ??= setInterval(() => void this.keep(), EVERY_MS).unref();
    await this.keep();
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    this.drop();
  }

  private keep(): Promise<void> {
    if (this.client?.isReady && this.on && this.primaries().includes(this.on)) return Promise.resolve();
    this.opening ??= this.open().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async open(): Promise<void> {
    this.drop();
    const node = this.primaries().find(({ ready }) => ready);
    if (!node) return;
    const client = clientFor(node.address, node.options, () => false);
    client.on('error', (error: unknown) => {
      this.log.failure('redis.subscription-lost', error, { node: node.name });
    });
    try {
      await client.connect();
      for (const [channel, listener] of this.listeners) await client.subscribe(channel, listener);
      if (this.closed) client.destroy();
      else [this.client, this.on] = [client, node];
    } catch (error) {
      this.log.failure('redis.subscribe-failed', error, { node: node.name });
      if (client.isOpen) client.destroy();
    }
  }

  private drop(): void {
    if (this.client?.isOpen) this.client.destroy();
    this.client = null;
    this.on = null;
  }
}
