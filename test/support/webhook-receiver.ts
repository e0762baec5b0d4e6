import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came. */
export interface Told {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: {
    type: string;
    timestamp: string;
    data: { verificationId?: string; sequence?: number } & Record<string, unknown>;
  };
}

export type ReceiverBehaviour = (response: ServerResponse, told: Told) => void;

export const takes: ReceiverBehaviour = (response) => response.writeHead(204).end();
export const answers =
  (status: number, headers: Record<string, string> = {}): ReceiverBehaviour =>
  (response) =>
    response.writeHead(status, headers).end('a receiver’s words');

/** Lets a service with Redis and Postgres tell it: a section of einmal.yaml. */
export const RECEIVERS_HERE = 'webhooks: { privateNetworks: [127.0.0.0/8], http: true }';

/** An application's receiver of webhooks on loopback, which writes down everything that it is told. */
export class WebhookReceiver {
  readonly told: Told[] = [];
  /** What it does with what it was told; asked anew each time. */
  behaviour: ReceiverBehaviour = takes;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port of an earlier one that comes back. */
  static async start(port = 0): Promise<WebhookReceiver> {
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const event = JSON.parse(body) as Told['event'];
        const told = { path: request.url ?? '', headers: request.headers, body, event };
        receiver.told.push(told);
        receiver.behaviour(response, told);
      });
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new WebhookReceiver(server, (server.address() as AddressInfo).port);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}/hook`;
  }

  /** Sequences as they came, by verification. */
  sequences(): Map<string, number[]> {
    const by = new Map<string, number[]>();
    for (const { verificationId = '', sequence = 0 } of this.told.map(({ event }) => event.data))
      by.set(verificationId, [...(by.get(verificationId) ?? []), sequence]);
    return by;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
