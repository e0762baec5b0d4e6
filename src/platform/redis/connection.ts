import { createClient } from 'redis';
import { unavailable } from '../../shared/refusals.js';
import type { Log } from '../log/log.js';
import type { Script, ScriptReply } from './script.js';

/** Longer than any script takes, shorter than a person waits; a Redis that hangs is treated as one that is away. */
const SILENCE_MS = 2_000;
const OPEN_MS = 3_000;

/**
 * One connection to Redis for commands and one for subscriptions. Commands of one tick are pipelined by the client.
 * There is no offline queue: while Redis is away every call fails at once with 503, so nothing is decided late or twice.
 */
export class RedisConnection {
  private readonly client;
  private subscriber: ReturnType<typeof createClient> | undefined;
  private readonly watchdog = setInterval(() => {
    this.watch();
  }, SILENCE_MS / 8).unref();
  /** Commands without an answer yet, and since when there has been none. */
  private waiting = 0;
  private silentSince = 0;

  constructor(
    private readonly url: string,
    private readonly log: Log,
    /** Before every key and channel name; tests use a random one each. */
    readonly prefix = 'einmal:',
  ) {
    this.client = this.createClient();
  }

  /** @throws when there is no answer within a few seconds; the client by itself would go on trying. */
  async open(): Promise<this> {
    const given = AbortSignal.timeout(OPEN_MS);
    const late = new Promise<never>((_, reject) => {
      given.onabort = () => {
        reject(new Error('no answer'));
      };
    });
    await Promise.race([this.client.connect(), late]);
    return this;
  }

  /** What Redis says of itself: `INFO`. */
  info(): Promise<string> {
    return this.client.info();
  }

  /** Runs a script by its digest, sending its text only when Redis does not know it. @throws 503 `unavailable` */
  async evaluate(script: Script, keys: string[], args: (string | number | Buffer)[]): Promise<ScriptReply> {
    const options = { keys, arguments: args.map((value) => (typeof value === 'number' ? String(value) : value)) };
    try {
      return (await this.answered(() => this.client.evalSha(script.sha1, options))) as ScriptReply;
    } catch (error) {
      if (!isUnknownScript(error)) throw this.away(error);
    }
    try {
      return (await this.answered(() => this.client.eval(script.text, options))) as ScriptReply;
    } catch (error) {
      throw this.away(error);
    }
  }

  /** Whether Redis answers. */
  async ping(): Promise<boolean> {
    try {
      return (await this.answered(() => this.client.ping())) === 'PONG';
    } catch {
      return false;
    }
  }

  /** Tells every node; a node that does not hear it finds out by polling. Never throws. */
  publish(channel: string, message: string): void {
    this.client.publish(this.prefix + channel, message).catch((error: unknown) => {
      this.log.failure('redis.publish-failed', error);
    });
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<void> {
    this.subscriber ??= await this.createClient().connect();
    await this.subscriber.subscribe(this.prefix + channel, listener);
  }

  close(): void {
    clearInterval(this.watchdog);
    if (this.client.isOpen) this.client.destroy();
    if (this.subscriber?.isOpen) this.subscriber.destroy();
  }

  /** Counts a command until its answer, for the watchdog. No timer per command. */
  private async answered<T>(command: () => Promise<T>): Promise<T> {
    if (this.waiting === 0) this.silentSince = performance.now();
    this.waiting += 1;
    try {
      return await command();
    } finally {
      this.waiting -= 1;
      this.silentSince = performance.now();
    }
  }

  /**
   * A Redis that hangs keeps its connection open, and every further command keeps the socket from looking idle. When commands
   * have waited too long the connection is thrown away: all of them fail now. What had reached the server's
   * buffer may still run when it wakes; it can then only have spent something, since whoever asked has been told 503.
   */
  private watch(): void {
    if (this.waiting === 0 || performance.now() - this.silentSince < SILENCE_MS || !this.client.isOpen) return;
    this.log.warn('redis.silent', { waiting: this.waiting });
    this.client.destroy();
    this.client.connect().catch((error: unknown) => {
      this.log.failure('redis.reconnect-failed', error);
    });
  }

  private createClient() {
    const client = createClient({
      url: this.url,
      disableOfflineQueue: true,
      pingInterval: SILENCE_MS / 2,
      commandOptions: { timeout: SILENCE_MS },
      socket: {
        connectTimeout: SILENCE_MS,
        socketTimeout: SILENCE_MS,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1_000),
      },
    });
    return client.on('error', (error: unknown) => {
      this.log.failure('redis.connection-error', error);
    });
  }

  private away(error: unknown) {
    this.log.failure('redis.command-failed', error);
    return unavailable(
      'The store that counts attempts can not be reached, so nothing is let through. Try again shortly.',
    );
  }
}

const isUnknownScript = (error: unknown) => error instanceof Error && error.message.startsWith('NOSCRIPT');
