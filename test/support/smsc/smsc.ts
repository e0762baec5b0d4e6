import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import smpp, { type PDU, type Server, type Session } from 'smpp';
import { outcomeFor, type Outcome } from './outcomes.js';
import { deliveryReceipt, type Message } from './receipt.js';

/** The credentials with which a gateway binds. */
export const SYSTEM_ID = 'esme';
export const PASSWORD = 'secret';
const INVALID_PASSWORD = 0x0e;
/** A receipt that is not acknowledged comes again, on whatever link there is then. */
const REPEAT_MS = 50;
const MOST_REPEATS = 200;

/** A message as a gateway handed it over; a message that is tried again appears again. */
export interface Submission {
  to: string;
  from: string;
  text: string;
  at: Date;
  /** How it was answered: 0 accepted, another `command_status` refused, null not at all. */
  answer: number | null;
  pdu: PDU;
}

export interface SmscOptions {
  port?: number;
  tls?: { key: string; cert: string };
  /** What it does with a message; by default the last digits of the number say it. */
  outcomeOf?: (to: string) => Outcome;
  /** How long it thinks before it answers. */
  answerAfterMs?: number;
  /** So many answers it gives; then every link breaks, once, with messages on it that are not answered yet. */
  cutAfterAnswers?: number;
  /** Whether receipts go to another link than the submit's wherever there is one. */
  receiptsElsewhere?: boolean;
}

/** An SMSC that speaks SMPP 3.4 on loopback, whose answers and receipts `outcomes.ts` decides. */
export class Smsc {
  readonly submissions: Submission[] = [];
  /** Every bind that was asked for, refused ones included. */
  readonly binds: PDU[] = [];
  /** `command_status` of every answer to a receipt. */
  readonly acknowledged: number[] = [];
  readonly sessions = new Set<Session>();
  /** Links over which receipts go. */
  readonly bound = new Set<Session>();
  /** Every PDU that came, by its name, `bind_transceiver` first. */
  readonly heard: string[] = [];
  /** The most messages of one link that waited for their answers at once. */
  mostUnanswered = 0;
  /** While set, binds are refused with it. */
  refusesBindsWith: number | null = null;
  /** Whether it answers `enquire_link`. */
  answersEnquiries = true;
  private lastId = 1_000;
  private answered = 0;

  private constructor(
    private readonly server: Server,
    private readonly options: SmscOptions,
  ) {}

  static async start(options: SmscOptions = {}): Promise<Smsc> {
    const server = smpp.createServer(options.tls ?? {}, (session) => {
      smsc.serve(session);
    });
    const smsc = new Smsc(server, options);
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return smsc;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every link; whoever comes back is let in. */
  cut(): void {
    for (const session of this.sessions) session.destroy();
  }

  /** Cuts every link, as a network that is gone. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    this.cut();
    await closed;
  }

  /** Sends something to the link that is bound, and gives the answer. */
  async sends(command: 'deliver_sm' | 'data_sm', fields: Parameters<Session['deliver_sm']>[0]): Promise<PDU> {
    const link = [...this.bound].at(-1);
    if (!link) throw new Error('Nobody is bound.');
    return new Promise((resolve) => link[command](fields, resolve));
  }

  private serve(session: Session): void {
    this.sessions.add(session);
    // Each receipt that waits for its answer listens for the end of the link.
    session.setMaxListeners(0);
    session.on('close', () => {
      this.sessions.delete(session);
      this.bound.delete(session);
    });
    session.on('error', () => {
      session.destroy();
    });
    session.on('pdu', ({ command }: PDU) => this.heard.push(command));
    for (const command of ['bind_transmitter', 'bind_receiver', 'bind_transceiver'])
      session.on(command, (pdu: PDU) => {
        this.bind(session, pdu);
      });
    session.on('enquire_link', (pdu: PDU) => this.answersEnquiries && session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    const unanswered = { count: 0 };
    session.on('submit_sm', (pdu: PDU) => void this.submitted(session, pdu, unanswered));
  }

  private bind(session: Session, pdu: PDU): void {
    this.binds.push(pdu);
    const known = pdu.system_id === SYSTEM_ID && pdu.password === PASSWORD;
    const refusal = this.refusesBindsWith ?? (known ? null : INVALID_PASSWORD);
    session.send(pdu.response(refusal === null ? { system_id: 'SIM' } : { command_status: refusal }));
    if (refusal !== null) session.close();
    else if (pdu.command !== 'bind_transmitter') this.bound.add(session);
  }

  private async submitted(session: Session, pdu: PDU, unanswered: { count: number }): Promise<void> {
    const { answers, receipts, quirk } = (this.options.outcomeOf ?? outcomeFor)(pdu.destination_addr);
    const text = String(pdu.short_message.message ?? '');
    const tries = this.submissions.filter((earlier) => earlier.to === pdu.destination_addr && earlier.text === text);
    const answer = answers[Math.min(tries.length, answers.length - 1)] ?? null;
    this.submissions.push({
      ...{ to: pdu.destination_addr, from: pdu.source_addr, text, at: new Date(), answer, pdu },
    });
    const id = String((this.lastId += 1));
    unanswered.count += 1;
    this.mostUnanswered = Math.max(this.mostUnanswered, unanswered.count);
    if (answer === 0 && pdu.registered_delivery !== 0)
      for (const receipt of receipts) void this.report(session, { pdu, id, receipt });
    const thinksMs = quirk === 'receipt-first' ? 200 : (this.options.answerAfterMs ?? 0);
    if (thinksMs > 0) await sleep(thinksMs);
    unanswered.count -= 1;
    if (answer === null) return;
    this.answered += 1;
    if (this.answered === (this.options.cutAfterAnswers ?? Infinity) + 1) this.cut();
    session.send(pdu.response(answer === 0 ? { message_id: id } : { command_status: answer }));
    if (quirk !== 'cut') return;
    await sleep(20);
    session.destroy();
  }

  /** A receipt goes to the link of the submit or, when that is gone, to any other that is bound, as in a real network. */
  private async report(session: Session, message: Message): Promise<void> {
    // Not before an answer of this moment: both leave in one write then.
    await (message.receipt.afterMs > 0 ? sleep(message.receipt.afterMs) : null);
    for (let tries = 0; tries < MOST_REPEATS && this.server.listening; tries += 1) {
      const link = this.linkFor(session);
      if (link && (await this.isAcknowledged(link, message))) return;
      await sleep(REPEAT_MS);
    }
  }

  private linkFor(session: Session): Session | undefined {
    const links = [...this.bound];
    const other = links.findLast((link) => link !== session);
    return this.bound.has(session) && !(this.options.receiptsElsewhere && other) ? session : other;
  }

  private isAcknowledged(link: Session, message: Message): Promise<boolean> {
    return new Promise((resolve) => {
      const gone = () => {
        resolve(false);
      };
      link.once('close', gone);
      link.deliver_sm(deliveryReceipt(message), ({ command_status }) => {
        link.off('close', gone);
        this.acknowledged.push(command_status);
        resolve(command_status === 0);
      });
    });
  }
}
