import type { Log } from '../log/log.js';
import { clientFor, SILENCE_MS, type Client, type ConnectionOptions } from './open-client.js';
import type { Address } from './redis-url.js';
import { Silence } from './silence.js';
import { within } from './within.js';

export const nameOf = ({ host, port }: Address) => `${host}:${String(port)}`;

/** A server could not be reached; `code` names it, and the last thing it or the network said. */
export class Unreached extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * The connection to one server, for as long as it is wanted. While the server is away or hangs every command fails at once
 * or within two seconds; when it is back the connection is, too. Commands of one tick are pipelined by the client.
 */
export class RedisNode {
  private client: Client;
  private connecting: Promise<unknown> = Promise.resolve();
  private lastError: unknown;
  private closed = false;
  private silence = new Silence();
  private readonly watchdog = setInterval(() => {
    this.watch();
  }, SILENCE_MS / 8).unref();

  constructor(
    readonly address: Address,
    readonly options: ConnectionOptions,
    private readonly log: Log,
  ) {
    this.client = this.connect();
  }

  get name(): string {
    return nameOf(this.address);
  }

  /** Whether a command would be sent now. */
  get ready(): boolean {
    return !this.closed && this.client.isReady;
  }

  /** Returns when the server has been reached. @throws {Unreached} when it has not within `ms`. */
  async reached(ms: number): Promise<this> {
    await within(ms, this.connecting).catch(() => undefined);
    if (!this.ready) throw new Unreached(`${this.name} ${saidBy(this.lastError)}`);
    return this;
  }

  /**
   * Connects anew, by the name: it may lead to another server now. What is in flight gets its replies where it was sent.
   *
   * @throws {Unreached} when it has not been reached within `ms`.
   */
  async renewed(ms: number): Promise<void> {
    if (this.ready) retire(...this.replace());
    await this.reached(ms);
  }

  /** Runs a command. @throws what the server or the client said; nothing is tried again. */
  run<T>(command: (client: Client) => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Unreached(`${this.name} closed`));
    return this.silence.during(() => command(this.client));
  }

  /** Takes no more commands. Those in flight get their replies: what a server has run must not be refused with 503. */
  close(): void {
    this.closed = true;
    clearInterval(this.watchdog);
    retire(this.client, this.silence);
  }

  /**
   * A Redis that hangs keeps its connection open, and every further command keeps the socket from looking idle. When commands
   * have waited too long the connection is thrown away: all of them fail now. What had reached the server's
   * buffer may still run when it wakes; it can then only have spent something, since whoever asked has been told 503.
   */
  private watch(): void {
    if (this.silence.lastedMs < SILENCE_MS || !this.client.isReady) return;
    this.log.warn('redis.silent', { node: this.name, waiting: this.silence.waiting });
    const [hung] = this.replace();
    hung.destroy();
  }

  /** @returns the former connection with what waits on it, for the caller to end. */
  private replace(): [Client, Silence] {
    const former: [Client, Silence] = [this.client, this.silence];
    this.silence = new Silence();
    this.client = this.connect();
    return former;
  }

  private connect(): Client {
    const wanted = () => !this.closed && client === this.client;
    const client = clientFor(this.address, this.options, wanted);
    client.on('error', (error: unknown) => {
      if (!wanted()) return;
      // One line per outage: it is tried again every second.
      if (this.lastError === undefined) this.log.failure('redis.connection-error', error, { node: this.name });
      this.lastError = error;
    });
    client.on('ready', () => {
      this.lastError = undefined;
      // Destroyed while it connects it would leave its socket behind, so a closed one is destroyed when it has connected.
      if (this.closed) client.destroy();
    });
    this.connecting = client.connect();
    this.connecting.catch(() => undefined);
    return client;
  }
}

/** Ends a connection when the last reply has come, or when it has been waited for long enough. */
function retire(client: Client, silence: Silence): void {
  const end = () => {
    clearTimeout(late);
    if (client.isReady) client.destroy();
  };
  const late = setTimeout(end, SILENCE_MS).unref();
  silence.over(end);
}

/** ECONNREFUSED, WRONGPASS, …: the first word of a reply says what it is, the rest may repeat what was sent. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.name;
}
