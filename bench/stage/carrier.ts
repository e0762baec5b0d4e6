import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeIn } from '../../test/support/sms-gateway.js';

/** A message that has reached its phone. */
export interface Arrival {
  code: string;
  /** Where its delivery report goes, with what Kannel says of a delivered message. */
  reportPath: string;
}

/** An SMS gateway that speaks Kannel's HTTP, takes every message at once, and remembers only those somebody waits for. */
export class Carrier {
  private readonly waiting = new Map<string, (arrival: Arrival) => void>();
  private readonly server = createServer((request, response) => {
    // A sender that goes away in the middle has sent nothing.
    this.receive(request, response).catch(() => undefined);
  });

  static async start(): Promise<Carrier> {
    const carrier = new Carrier();
    carrier.server.listen(0, '127.0.0.1');
    await once(carrier.server, 'listening');
    return carrier;
  }

  /** Its entry under `providers`. */
  get provider(): object {
    const url = `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/cgi-bin/sendsms`;
    return { type: 'kannel', channel: 'sms', url, username: 'bench', password: 'bench-password', from: 'Shop' };
  }

  /** To be asked before the message is: it may be here sooner than the answer to whoever started it. */
  nextTo(phone: string): Promise<Arrival> {
    return new Promise((resolve) => this.waiting.set(phone, resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(202).end('0: Accepted for delivery');
    const to = String(request.headers['x-kannel-to']);
    const { pathname } = new URL(String(request.headers['x-kannel-dlr-url']));
    const text = Buffer.concat(chunks).toString('utf8');
    this.waiting.get(to)?.({ code: codeIn(text), reportPath: `${pathname}?d=1&F=&A=&D=` });
    this.waiting.delete(to);
  }
}
