import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';

/** A request as it crossed the wire. */
export interface VendorRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface VendorAnswer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

type Behaviour = (response: ServerResponse) => void;

/** A vendor's HTTP interface on loopback that does what it is told, rudeness included. */
export class FakeVendor {
  readonly requests: VendorRequest[] = [];
  private behaviour: Behaviour = (response) => response.end();
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      this.requests.push({ method, url, headers, body: Buffer.concat(chunks) });
      this.behaviour(response);
    });
  });

  static async start(): Promise<FakeVendor> {
    const vendor = new FakeVendor();
    vendor.server.listen(0, '127.0.0.1');
    await once(vendor.server, 'listening');
    return vendor;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/send`;
  }

  /** @param answer the same every time, or made of the request's number, from 1. */
  answers(answer: VendorAnswer | ((nth: number) => VendorAnswer)): void {
    this.behaviour = (response) => {
      const { status, body = '', headers = {} } = typeof answer === 'function' ? answer(this.requests.length) : answer;
      response.writeHead(status, headers).end(body);
    };
  }

  /** Takes the request and says nothing. */
  hangs(): void {
    this.behaviour = () => undefined;
  }

  /** Takes the request and drops the connection. */
  hangsUp(): void {
    this.behaviour = (response) => response.destroy();
  }

  /** Drops the connection in the middle of the answer. */
  hangsUpWithin({ status, body = '' }: VendorAnswer): void {
    this.behaviour = (response) => {
      response.writeHead(status, { 'content-length': String(body.length + 100) }).write(body, () => response.destroy());
    };
  }

  /** Answers something that is no HTTP. */
  talksNonsense(): void {
    this.behaviour = (response) => response.socket?.end('220 mail.example ESMTP\r\n');
  }

  /** Begins as an answer does and never ends. */
  talksForever({ status, body = '' }: VendorAnswer): void {
    this.behaviour = (response) => {
      response.writeHead(status).write(body);
      // Blanks, so that what was read of a JSON answer is still one.
      const chunk = ' '.repeat(16 * 1_024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** A port where somebody accepts connections and never says a word, as behind a broken firewall. */
export async function silentPort(): Promise<{ port: number; stop: () => void }> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<{ destroy: () => void }>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
