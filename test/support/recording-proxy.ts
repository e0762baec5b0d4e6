import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentOf } from './content-of.js';

/** A request as it crossed the wire. */
export interface RecordedRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** What it was answered. */
  status: number;
}

/** Stands between two parties that speak HTTP, hands everything on as it is, and remembers it. */
export class RecordingProxy {
  readonly requests: RecordedRequest[] = [];
  private readonly server = createServer((request, response) => void this.hand(request, response));
  private turn = 0;

  /** @param ports where it hands requests on to, in turn, as a balancer does. */
  private constructor(private readonly ports: number[]) {}

  static async start(...ports: number[]): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(ports);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hand(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await contentOf(request);
    const port = this.ports[(this.turn += 1) % this.ports.length];
    const onwards = send({ host: '127.0.0.1', port, method, path: url, headers });
    onwards.on('error', () => response.destroy());
    onwards.end(body);
    const [answer] = (await once(onwards, 'response')) as [IncomingMessage];
    const status = answer.statusCode ?? 0;
    this.requests.push({ method, url, headers, body: body.toString('latin1'), status });
    response.writeHead(status, answer.headers).end(await contentOf(answer));
  }
}
