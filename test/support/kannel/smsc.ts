import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import smpp, { type Pdu, type Server, type Session } from 'smpp';
import { MESSAGE_STATES, outcomeFor, type Receipt } from './outcomes.js';

/** The credentials with which a gateway binds. */
const SYSTEM_ID = 'esme';
const PASSWORD = 'secret';
const BIND_FAILED = 0x0d;

/** A message as a gateway handed it over; a message that is tried again appears again. */
export interface Submission {
  to: string;
  from: string;
  text: string;
  at: Date;
  /** How it was answered: 0 accepted, another `command_status` refused, null not at all. */
  answer: number | null;
}

/** An SMSC that speaks SMPP 3.4 on loopback, whose answers and receipts `outcomes.ts` decides. */
export class Smsc {
  readonly submissions: Submission[] = [];
  private readonly sessions = new Set<Session>();
  private readonly bound = new Set<Session>();
  private lastId = 1_000;

  private constructor(private readonly server: Server) {}

  static async start(port: number): Promise<Smsc> {
    const server = smpp.createServer((session) => {
      smsc.serve(session);
    });
    const smsc = new Smsc(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return smsc;
  }

  /** Cuts every link, as a network that is gone. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
    for (const session of this.sessions) session.destroy();
    await closed;
  }

  private serve(session: Session): void {
    this.sessions.add(session);
    session.on('close', () => {
      this.sessions.delete(session);
      this.bound.delete(session);
    });
    session.on('error', () => {
      session.destroy();
    });
    for (const command of ['bind_transmitter', 'bind_receiver', 'bind_transceiver'])
      session.on(command, (pdu: Pdu) => {
        const welcome = pdu.system_id === SYSTEM_ID && pdu.password === PASSWORD;
        session.send(pdu.response(welcome ? { system_id: 'SIM' } : { command_status: BIND_FAILED }));
        if (!welcome) session.close();
        else if (command !== 'bind_transmitter') this.bound.add(session);
      });
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => void this.submitted(session, pdu));
  }

  private async submitted(session: Session, pdu: Pdu): Promise<void> {
    const { answers, receipts, quirk } = outcomeFor(pdu.destination_addr);
    const text = String(pdu.short_message.message ?? '');
    const tries = this.submissions.filter((earlier) => earlier.to === pdu.destination_addr && earlier.text === text);
    const answer = answers[Math.min(tries.length, answers.length - 1)] ?? null;
    this.submissions.push({ to: pdu.destination_addr, from: pdu.source_addr, text, at: new Date(), answer });
    const id = String((this.lastId += 1));
    if (answer === 0 && pdu.registered_delivery !== 0)
      for (const receipt of receipts) void this.report(session, { pdu, id, receipt });
    if (quirk === 'receipt-first') await sleep(200);
    if (answer !== null) session.send(pdu.response(answer === 0 ? { message_id: id } : { command_status: answer }));
    if (quirk !== 'cut') return;
    await sleep(20);
    session.destroy();
  }

  /** A receipt goes to the link of the submit or, when that is gone, to any other that is bound, as in a real network. */
  private async report(session: Session, message: { pdu: Pdu; id: string; receipt: Receipt }): Promise<void> {
    await sleep(message.receipt.afterMs);
    const link = this.bound.has(session) ? session : [...this.bound].at(-1);
    link?.deliver_sm(deliveryReceipt(message));
  }
}

/** A `deliver_sm` that carries a delivery receipt (SMPP 3.4, appendix B). */
function deliveryReceipt({ pdu, id, receipt }: { pdu: Pdu; id: string; receipt: Receipt }) {
  const { state, error, form } = receipt;
  const textId = form === 'hex' ? Number(id).toString(16).toUpperCase().padStart(8, '0') : id;
  const delivered = state === 'DELIVRD' ? '001' : '000';
  const now = new Date().toISOString().replace(/\D/g, '').slice(2, 12);
  const text = `id:${textId} sub:001 dlvrd:${delivered} submit date:${now} done date:${now} stat:${state} err:${error} text:`;
  return {
    esm_class: 4,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    short_message: form === 'tlv' ? '' : text,
    ...((form === 'both' || form === 'tlv') && { receipted_message_id: id, message_state: MESSAGE_STATES[state] }),
    // Network type 3 is GSM, then the error as two octets (5.3.2.31).
    ...(form === 'tlv' && { network_error_code: Buffer.from([3, 0, Number(error)]) }),
  };
}
