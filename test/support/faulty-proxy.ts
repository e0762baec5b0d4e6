import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentOf } from './content-of.js';

/**
 * What happens to one request. `lost`: it is carried out, and the connection dropped before a word of the answer. `half`: in the
 * middle of the answer. `silent`: nothing is ever said of what was done. Otherwise it is answered here and carried nowhere.
 */
export type Fault = 'lost' | 'half' | 'silent' | { status: number; headers?: Record<string, string>; body?: string };

/** Stands between a client and the service, as balancers and bad networks do. */
export class FaultyProxy {
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  private faults: Fault[] = [];
  private readonly server = createServer((request, response) => void this.hand(request, response));

  private constructor(private readonly port: number) {}

  /** @param port where it carries requests to. */
  static async start(port: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(port);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** The next requests meet these, one each; what comes after them passes. */
  meets(...faults: Fault[]): void {
    this.requests.length = 0;
    this.faults = faults;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hand(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.requests.push(`${method} ${url}`);
    const fault = this.faults.shift();
    const body = await contentOf(request);
    if (typeof fault === 'object') {
      response.writeHead(fault.status, fault.headers ?? {}).end(fault.body);
      return;
    }
    const onwards = send({ host: '127.0.0.1', port: this.port, method, path: url, headers });
    onwards.end(body);
    const [answer] = (await once(onwards, 'response')) as [IncomingMessage];
    const content = await contentOf(answer);
    if (fault === 'silent') return;
    if (fault === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    if (fault === 'half') response.write(content.subarray(0, content.length / 2), () => response.destroy());
    else response.end(content);
  }
}
