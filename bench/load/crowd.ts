import { Connection, type Answer } from './connection.js';

/** What a crowd did: how many requests, in how many milliseconds, and how often each status came back. */
export interface Crowding {
  requests: number;
  ms: number;
  statuses: Record<number, number>;
}

/** Clients that each ask again as soon as they were answered. Each comes from an address of its own, as applications' servers do. */
export class Crowd {
  private constructor(readonly connections: Connection[]) {}

  static async open(port: number, size: number): Promise<Crowd> {
    const addresses = Array.from({ length: size }, (_, n) => `127.0.${String(1 + (n >> 7))}.${String(1 + (n & 127))}`);
    return new Crowd(await Promise.all(addresses.map((address) => Connection.open(port, address))));
  }

  /** Everybody sends the next request, for so long. */
  askFor(ms: number, next: () => Buffer): Promise<Crowding> {
    return this.workFor(ms, (connection) => connection.ask(next()));
  }

  async workFor(ms: number, work: (connection: Connection) => Promise<Answer>): Promise<Crowding> {
    const end = performance.now() + ms;
    return this.all(async (connection, heard) => {
      while (performance.now() < end) heard(await work(connection));
    });
  }

  /** Everybody sends the next request, until there were so many. */
  askTimes(requests: number, next: () => Buffer): Promise<Crowding> {
    return this.share(Array<null>(requests).fill(null), (connection) => connection.ask(next()));
  }

  /** Everybody takes the next piece of work until there is none. */
  async share<Piece>(
    pieces: Piece[],
    work: (connection: Connection, piece: Piece) => Promise<Answer>,
  ): Promise<Crowding> {
    let taken = 0;
    return this.all(async (connection, heard) => {
      while (taken < pieces.length) {
        taken += 1;
        heard(await work(connection, pieces[taken - 1] as Piece));
      }
    });
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }

  private async all(
    act: (connection: Connection, heard: (answer: Answer) => void) => Promise<void>,
  ): Promise<Crowding> {
    const statuses: Record<number, number> = {};
    let requests = 0;
    const heard = ({ status }: Answer) => {
      requests += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
    };
    const start = performance.now();
    await Promise.all(this.connections.map((connection) => act(connection, heard)));
    return { requests, ms: performance.now() - start, statuses };
  }
}
