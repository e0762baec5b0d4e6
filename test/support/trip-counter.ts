import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Stands between a process and one of its stores, hands everything on as it is, and counts sequential trips: how often the
 * process sent something while it was not waiting for an answer. What it sends in one go counts once, however many commands
 * that is.
 */
export class TripCounter {
  trips = 0;
  private waiting = false;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => {
    this.stand(client);
  });

  private constructor(
    private readonly target: URL,
    private readonly isWaitedFor: (sent: Buffer) => boolean,
  ) {}

  /**
   * @param url the store's.
   * @param isWaitedFor false for what the process sends without ever waiting for the answer.
   */
  static async start(url: string, isWaitedFor: (sent: Buffer) => boolean = () => true): Promise<TripCounter> {
    const counter = new TripCounter(new URL(url), isWaitedFor);
    counter.server.listen(0, '127.0.0.1');
    await once(counter.server, 'listening');
    return counter;
  }

  /** The store's URL with this in between. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private stand(client: Socket): void {
    const store = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [
      [client, store],
      [store, client],
    ] as const) {
      this.sockets.add(from.setNoDelay());
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
    client.on('data', (sent) => {
      if (this.isWaitedFor(sent) && !this.waiting) {
        this.trips += 1;
        this.waiting = true;
      }
      store.write(sent);
    });
    store.on('data', (answer) => {
      this.waiting = false;
      client.write(answer);
    });
  }
}
