import type { ServerResponse } from 'node:http';
import type { Channel } from '../../src/shared/channel.js';
import { MailServer, type ReceivedMail } from '../../test/support/mail-server.js';
import { accepts, echoes, hangs, hangsUp, SmsGateway, type Behaviour } from '../../test/support/sms-gateway.js';
import type { TakenMessage } from '../history/conversations.js';
import type { Journal } from '../journal.js';
import { courseOf, HANGS, LIES, USUAL, type Course } from './courses.js';
import type { Reporter } from './reporter.js';

const GATEWAYS = ['primary', 'secondary'] as const;

/** What is heard on the wire; the echoing answers repeat the message, as some vendors do. */
const ON_THE_WIRE: Record<TakenMessage['answer'], Behaviour> = {
  accepted: accepts,
  hung: hangs,
  'hung-up': hangsUp,
  rejected: (response) => response.writeHead(403).end('Not routable'),
  throttled: echoes(503),
  'server-error': echoes(500),
};

/** Two SMS gateways and a mail server outside every node, which forget nothing. */
export class Carrier {
  /** What the primary gateway does to everybody, instead of what the numbers say. */
  mood: 'usual' | 'hangs' | 'lies' = 'usual';
  private readonly given = new Map<string, TakenMessage[]>();
  /** By attempt: the path of the callback URL. */
  private readonly paths = new Map<string, string>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly gateways: Record<(typeof GATEWAYS)[number], SmsGateway>,
    private readonly mail: MailServer,
    private readonly journal: Journal,
  ) {}

  static async start(journal: Journal): Promise<Carrier> {
    const [primary, secondary] = await Promise.all([SmsGateway.start(), SmsGateway.start()]);
    return new Carrier({ primary, secondary }, await MailServer.start(), journal);
  }

  /** The `providers` of the configuration file, as YAML's JSON. */
  get providers(): string {
    const { primary, secondary } = this.gateways;
    const mail = {
      type: 'smtp',
      channel: 'email',
      host: '127.0.0.1',
      port: this.mail.port,
      from: 'login@shop.example',
    };
    return `{ primary: ${primary.provider}, secondary: ${secondary.provider}, mail: ${JSON.stringify(mail)} }`;
  }

  /** @param reporter sends what the carrier has to say about its messages. */
  open(reporter: Reporter): void {
    for (const name of GATEWAYS)
      this.gateways[name].behaviourFor = () => (response, sms) => {
        this.takeSms(name, sms, response, reporter);
      };
    this.mail.onMail = (mail) => {
      this.takeMail(mail);
    };
  }

  /** Every message for this number or mailbox, oldest first, also what the person never sees. */
  givenTo(to: string): TakenMessage[] {
    return this.given.get(to) ?? [];
  }

  /** Where the reports on an attempt go, as its message said; mails have no such place. */
  callbackPath(attemptId: string): string | undefined {
    return this.paths.get(attemptId);
  }

  /** Fulfilled when the next message has come, whoever it is for. */
  nextMessage(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  async stop(): Promise<void> {
    await Promise.all([...Object.values(this.gateways).map((gateway) => gateway.stop()), this.mail.stop()]);
  }

  private takeSms(
    gateway: (typeof GATEWAYS)[number],
    sms: { to: string; text: string; reportUrl: string },
    response: ServerResponse,
    reporter: Reporter,
  ): void {
    const { pathname } = new URL(sms.reportUrl);
    const course = this.courseFor(gateway, sms.to);
    const attemptId = pathname.split('/').at(-2) ?? '';
    this.paths.set(attemptId, pathname);
    const message = this.take({ channel: 'sms', providerId: gateway, to: sms.to, text: sms.text, attemptId }, course);
    ON_THE_WIRE[course.answer](response, sms);
    for (const { afterMs, ...report } of course.reports) reporter.send({ message, path: pathname, ...report }, afterMs);
  }

  private takeMail({ to, raw }: ReceivedMail): void {
    const attemptId = /^Message-ID:\s+<([^.@>]+)[.@]/im.exec(raw)?.[1] ?? '';
    this.take({ channel: 'email', providerId: 'mail', to: to[0] ?? '', text: raw, attemptId }, USUAL);
  }

  private take(
    message: { channel: Channel; providerId: string; to: string; text: string; attemptId: string },
    { answer, shown }: Course,
  ): TakenMessage {
    const code = /\b\d{6,10}(?= is your )/.exec(message.text)?.[0] ?? '';
    const taken = this.journal.message({ ...message, atMs: this.journal.now(), code, answer, shown });
    this.given.set(message.to, [...this.givenTo(message.to), taken]);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
    return taken;
  }

  /** The secondary is honest with everybody: it is there to be fallen back on. */
  private courseFor(gateway: (typeof GATEWAYS)[number], to: string): Course {
    if (gateway === 'secondary') return USUAL;
    if (this.mood === 'hangs') return HANGS;
    return this.mood === 'lies' ? LIES : courseOf(to);
  }
}
