import type { ServerResponse } from 'node:http';
import { KannelDoor, type Sms } from './kannel-door.js';
import type { Service } from './service.js';

export type { Sms };

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
  private door: KannelDoor | null = null;

  static async start(): Promise<SmsGateway> {
    const gateway = new SmsGateway();
    gateway.door = await KannelDoor.open((sms, response) => {
      gateway.messages.push(sms);
      gateway.behaviourFor(sms.to)(response, sms);
    });
    return gateway;
  }

  /** Its entry under `providers`, as YAML's JSON. */
  get provider(): string {
    const { password, door } = this;
    return JSON.stringify({ type: 'kannel', channel: 'sms', url: door?.url, username: 'otp', password, from: 'Shop' });
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
    await this.door?.close();
  }
}

/** The code in a message of any channel. */
export function codeIn(text: string): string {
  const code = /\b\d{6,10}(?= is your )/.exec(text)?.[0];
  if (code === undefined) throw new Error(`There is no code in: ${text}`);
  return code;
}
