import { KannelDoor, type Sms } from '../../test/support/kannel-door.js';
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
  private door: KannelDoor | null = null;

  static async start(): Promise<Carrier> {
    const carrier = new Carrier();
    carrier.door = await KannelDoor.open((sms, response) => {
      response.writeHead(202).end('0: Accepted for delivery');
      carrier.hand(sms);
    });
    return carrier;
  }

  /** Its entry under `providers`. */
  get provider(): object {
    const login = { username: 'bench', password: 'bench-password' };
    return { type: 'kannel', channel: 'sms', url: this.door?.url, ...login, from: 'Shop' };
  }

  /** To be asked before the message is: it may be here sooner than the answer to whoever started it. */
  nextTo(phone: string): Promise<Arrival> {
    return new Promise((resolve) => this.waiting.set(phone, resolve));
  }

  async stop(): Promise<void> {
    await this.door?.close();
  }

  private hand({ to, text, reportUrl }: Sms): void {
    const { pathname } = new URL(reportUrl);
    this.waiting.get(to)?.({ code: codeIn(text), reportPath: `${pathname}?d=1&F=&A=&D=` });
    this.waiting.delete(to);
  }
}
