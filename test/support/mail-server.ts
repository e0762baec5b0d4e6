import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerEnvelope } from 'smtp-server';
import { freePort } from './servers/free-port.js';

/** A message the server took, with the delivery status notification that was asked for (RFC 3461). */
export interface ReceivedMail {
  from: string;
  to: string[];
  envelopeId: string | null;
  notify: string[];
  /** Headers and body as they came. */
  raw: string;
  at: Date;
}

/** How a real server words it; how the recipient's local part begins chooses. Anything else is accepted. */
const REFUSALS: { localPart: string; code: number; text: string }[] = [
  { localPart: 'hard', code: 550, text: '5.1.1 No such user here' },
  { localPart: 'soft', code: 451, text: '4.2.1 Mailbox temporarily unavailable' },
  { localPart: 'full', code: 452, text: '4.2.2 Mailbox full' },
  { localPart: 'spam', code: 550, text: '5.7.1 Message rejected as spam' },
];
/** Accepted as a recipient, refused after DATA. */
const CONTENT_REFUSED = { localPart: 'data', code: 554, text: '5.6.0 Content rejected' };

/** A receiving mail server on loopback, which speaks real SMTP with DSN. */
export class MailServer {
  private readonly received: ReceivedMail[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    hideDSN: false,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect: (_session, done) => {
      done(this.refusing ? refusal({ code: 421, text: '4.3.2 Service shutting down' }) : null);
    },
    onRcptTo: ({ address }, _session, done) => {
      const hit = REFUSALS.find(({ localPart }) => address.startsWith(localPart));
      done(hit && refusal(hit));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = toMail(envelope, Buffer.concat(chunks).toString());
        this.received.push(mail);
        this.onMail(mail);
        const refused = envelope.rcptTo.some(({ address }) => address.startsWith(CONTENT_REFUSED.localPart));
        done(refused ? refusal(CONTENT_REFUSED) : null);
      });
    },
  });
  /** Told of every message as it comes. */
  onMail: (mail: ReceivedMail) => void = () => undefined;
  private refusing = false;

  /** @param port without one, any that is free; the port of an earlier server lets this one come back where that was. */
  static async start(port?: number): Promise<MailServer> {
    const mail = new MailServer();
    // A client that dies in the middle of a conversation.
    mail.server.on('error', () => undefined);
    const listener = mail.server.listen(port ?? (await freePort()), '127.0.0.1');
    if (!listener.listening) await once(listener, 'listening');
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Everything whose content was transferred, oldest first; also what was refused after it. */
  messages(): ReceivedMail[] {
    return [...this.received];
  }

  /** From now on greets every connection with 421, or (`false`) serves again. */
  refuse(refusing = true): void {
    this.refusing = refusing;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}

export const startMailServer = (port?: number): Promise<MailServer> => MailServer.start(port);

function toMail({ mailFrom, rcptTo, dsn }: SMTPServerEnvelope, raw: string): ReceivedMail {
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }: SMTPServerAddress) => address),
    envelopeId: dsn?.envid ?? null,
    notify: rcptTo.flatMap((recipient) => recipient.dsn?.notify ?? []),
    raw,
    at: new Date(),
  };
}

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
