import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from './service.js';

/** A message as the gateway was handed it, in Kannel's headers. */
export interface Sms {
  to: string;
  text: string;
  /** Where its reports go: the address of PUBLIC_URL, whoever listens there now. */
  reportUrl: string;
}

/** What the gateway does with a message that it has read completely. */
export type Behaviour = (response: ServerResponse, sms: Sms) => void;

export const accepts: Behaviour = (response) => response.writeHead(202).end('0: Accepted for delivery');
/** Takes the message and says nothing. */
export const hangs: Behaviour = () => undefined;
/** Takes the message and drops the connection. */
export const hangsUp: Behaviour = (response) => response.destroy();
/** A vendor's way of helping: its error repeats what it was sent. */
export const echoes =
  (status: number): Behaviour =>
  (response, { to, text }) =>
    response.writeHead(status, { 'x-echo': encodeURIComponent(text) }).end(`error, in your request to ${to}: ${text}`);

/** Kannel's `%d` for the two final reports. */
const BITS = { delivered: '1', failed: '2' } as const;

/** An SMS gateway that outlives the services which send through it, speaks Kannel's HTTP and forgets nothing. */
export class SmsGateway {
  readonly messages: Sms[] = [];
  readonly password = 'a-password-for-the-gateway';
  /** What happens to a message; asked anew for each. */
  behaviourFor: (to: string) => Behaviour = () => accepts;
  private readonly server = createServer((request, response) => {
    // What a sender that dies did not finish has not arrived.
    this.receive(request, response).catch(() => undefined);
  });

  static async start(): Promise<SmsGateway> {
    const gateway = new SmsGateway();
    gateway.server.listen(0, '127.0.0.1');
    await once(gateway.server, 'listening');
    return gateway;
  }

  /** Its entry under `providers`, as YAML's JSON. */
  get provider(): string {
    const url = `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/cgi-bin/sendsms`;
    const { password } = this;
    return JSON.stringify({ type: 'kannel', channel: 'sms', url, username: 'otp', password, from: 'Shop' });
  }

  to(phone: string): Sms[] {
    return this.messages.filter(({ to }) => to === phone);
  }

  /**
   * Reports on a message as Kannel does, through the process that a balancer would have chosen.
   *
   * @param answer the SMSC's receipt (`%A`).
   */
  async report(sms: Pick<Sms, 'reportUrl'>, status: keyof typeof BITS, via: Service, answer = ''): Promise<number> {
    const { pathname } = new URL(sms.reportUrl);
    const query = new URLSearchParams({ d: BITS[status], F: '', A: answer, D: '' });
    return (await fetch(`${via.url}${pathname}?${query.toString()}`)).status;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const header = (name: string) => String(request.headers[`x-kannel-${name}`]);
    const sms = { to: header('to'), reportUrl: header('dlr-url'), text: Buffer.concat(chunks).toString('utf8') };
    this.messages.push(sms);
    this.behaviourFor(sms.to)(response, sms);
  }
}

/** The code in a message of any channel. */
export function codeIn(text: string): string {
  const code = /\b\d{6,10}(?= is your )/.exec(text)?.[0];
  if (code === undefined) throw new Error(`There is no code in: ${text}`);
  return code;
}
