import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  body: string;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * One HTTP/1.1 connection that is kept open, one request at a time, on a bare socket: a client that leaves the processor to
 * the service. It understands what the service answers and nothing else (always a Content-Length, never chunks). The service
 * closes it when it is idle for long; the next request opens it again.
 */
export class Connection {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  private socket: Socket | null = null;

  private constructor(
    private readonly port: number,
    private readonly localAddress: string,
  ) {}

  /** @param localAddress an address of loopback: the service counts requests per address. */
  static async open(port: number, localAddress: string): Promise<Connection> {
    const connection = new Connection(port, localAddress);
    await connection.connected();
    return connection;
  }

  async ask(request: Buffer): Promise<Answer> {
    const socket = this.socket ?? (await this.connected());
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private async connected(): Promise<Socket> {
    const socket = connect({ port: this.port, host: '127.0.0.1', localAddress: this.localAddress });
    await once(socket, 'connect');
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.read(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.socket = null;
      this.received = Buffer.alloc(0);
      this.waiting?.reject(new Error('the service closed the connection'));
    });
    this.socket = socket;
    return socket;
  }

  private read(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const endOfHead = this.received.indexOf(END_OF_HEAD);
    if (endOfHead < 0) return;
    const head = this.received.toString('latin1', 0, endOfHead);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const end = endOfHead + END_OF_HEAD.length + length;
    if (this.received.length < end) return;
    const body = this.received.toString('utf8', end - length, end);
    this.received = this.received.subarray(end);
    this.waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}
