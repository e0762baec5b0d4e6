import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fate } from './fate.js';

/** How a gateway answers a submit, as Kannel words it. */
const ANSWERS: Record<Fate['submit'], (response: ServerResponse) => unknown> = {
  accepted: (response) => response.writeHead(202).end('0: Accepted for delivery'),
  refused: (response) => response.writeHead(403).end('Not routable. Do not try again.'),
  throttled: (response) => response.writeHead(503).end('Temporal failure, try again later.'),
  'broken off': (response) => response.destroy(),
};

/** What the carrier tells whoever plays the people. */
export interface Listener {
  /** @returns how the submit is to be answered. */
  onText: (phone: string, text: string, reportPath: string) => Fate['submit'];
  /** A call that the service's own voice line has begun. */
  onCall: (attemptId: string, reportPath: string) => Promise<void>;
}

/**
 * The other end of the wire, at the address that the service believes to be its public one: an SMS gateway that speaks Kannel's
 * HTTP, and the exchange to which the sandbox's voice line reports. Its own reports end here: what really becomes of a call, and
 * when, is for the fates to say.
 */
export class Carrier {
  /** Calls whose beginning was heard of and dealt with. */
  calls = 0;
  private readonly server = createServer((request, response) => {
    this.receive(request, response).catch(() => response.destroy());
  });
  private listener: Listener | null = null;

  static async start(): Promise<Carrier> {
    const carrier = new Carrier();
    carrier.server.listen(0, '127.0.0.1');
    await once(carrier.server, 'listening');
    return carrier;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  listen(listener: Listener): void {
    this.listener = listener;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? '';
    if (url.startsWith('/v1/reports/')) {
      response.writeHead(200).end();
      await this.listener?.onCall(url.split('/')[4] ?? '', url);
      this.calls += 1;
      return;
    }
    const { pathname } = new URL(String(request.headers['x-kannel-dlr-url']));
    const text = Buffer.concat(chunks).toString('utf8');
    const answer = this.listener?.onText(String(request.headers['x-kannel-to']), text, pathname) ?? 'refused';
    ANSWERS[answer](response);
  }
}
