import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as the gateway was handed it, in Kannel's headers. */
export interface Sms {
  to: string;
  text: string;
  /** Where its reports go: the address of PUBLIC_URL, whoever listens there now. */
  reportUrl: string;
}

/** Where a gateway takes messages in, by Kannel's HTTP. */
export class KannelDoor {
  private readonly server;

  /** @param take is given each message that was read completely, and answers it. */
  private constructor(take: (sms: Sms, response: ServerResponse) => void) {
    this.server = createServer((request, response) => {
      // What a sender that dies did not finish has not arrived.
      smsIn(request).then(
        (sms) => {
          take(sms, response);
        },
        () => undefined,
      );
    });
  }

  static async open(take: (sms: Sms, response: ServerResponse) => void): Promise<KannelDoor> {
    const door = new KannelDoor(take);
    door.server.listen(0, '127.0.0.1');
    await once(door.server, 'listening');
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/cgi-bin/sendsms`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

async function smsIn(request: IncomingMessage): Promise<Sms> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const header = (name: string) => String(request.headers[`x-kannel-${name}`]);
  return { to: header('to'), reportUrl: header('dlr-url'), text: Buffer.concat(chunks).toString('utf8') };
}
