import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What came back over a connection on which anything may be sent, also what no HTTP client would. */
export interface RawReply {
  text: string;
  /** Statuses of all answers, in order: a smuggled request would have one of its own. */
  statuses: number[];
  /** The service closed the connection. */
  closed: boolean;
  /** From connecting until the service closed, or until patience ended. */
  afterMs: number;
}

/** Sends bytes as they are, and waits until the service closes or, where it does not, until `patienceMs` have passed. */
export async function sendRaw(port: number, bytes: string | Buffer, patienceMs = 1_500): Promise<RawReply> {
  const connection = await RawConnection.open(port);
  connection.socket.write(bytes);
  return connection.end(patienceMs);
}

/** Sends `head`, then one more byte every `everyMs`, for as long as it is let. */
export async function drip(port: number, head: string, everyMs: number, patienceMs: number): Promise<RawReply> {
  const connection = await RawConnection.open(port);
  connection.socket.write(head);
  const timer = setInterval(() => connection.socket.write('a'), everyMs);
  const reply = await connection.end(patienceMs);
  clearInterval(timer);
  return reply;
}

/** One TCP connection to the service. */
export class RawConnection {
  private readonly chunks: Buffer[] = [];
  private readonly openedAt = Date.now();
  private readonly closing: Promise<unknown>;
  private closed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    // Writing to a connection that was cut is what some of these tests do.
    socket.on('error', () => undefined);
    // Not `once(socket, 'close')`, which a reset connection would reject.
    this.closing = new Promise<void>((resolve) => {
      socket.once('close', () => {
        this.closed = true;
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  async end(patienceMs: number): Promise<RawReply> {
    await Promise.race([this.closing, sleep(patienceMs)]);
    const { closed } = this;
    const afterMs = Date.now() - this.openedAt;
    this.socket.destroy();
    const text = Buffer.concat(this.chunks).toString('utf8');
    const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
    return { text, statuses, closed, afterMs };
  }
}

/** A request with lines as they are, each ended by CRLF. */
export const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
