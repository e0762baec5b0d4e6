import type { Socket } from 'node:net';
import type { Value } from 'smpp';
import { INVALID_LENGTH } from '../receipts/command-status.js';
import { isResponse, writePdu, type Pdu } from './pdu.js';
import { PduReader } from './pdu-reader.js';

/** What came of a request to the other side. After `silent` the answer may still come. */
export type Answer = { kind: 'answered'; pdu: Pdu } | { kind: 'silent' } | { kind: 'lost' };

export interface RequestOptions {
  withinMs: number;
  /** Is given an answer that comes later than that. */
  late?: (pdu: Pdu) => void;
}

interface Waiting {
  answer: (answer: Answer) => void;
  timer: NodeJS.Timeout;
  late: ((pdu: Pdu) => void) | undefined;
  isLate: boolean;
}

/** 4.1: numbers go from 1 to this. */
const LAST_SEQUENCE = 0x7fff_ffff;
/** Answers that are waited for beyond their time. */
const MOST_LATE = 10_000;

/** One connection: requests and their answers by sequence number, and what the other side asks. */
export class Session {
  private readonly waiting = new Map<number, Waiting>();
  private sequence = 0;
  private open = true;
  private why = 'closed by the SMSC';
  /** When the last byte came, by `performance.now`. */
  heardAt = performance.now();

  /** @param incoming is given what the other side asks; `lost` is called once. */
  constructor(
    private readonly socket: Socket,
    private readonly incoming: { request: (pdu: Pdu) => void; lost: (why: string) => void },
  ) {
    const reader = new PduReader();
    socket.on('data', (chunk: Buffer) => {
      this.heardAt = performance.now();
      const { pdus, broken } = reader.read(chunk);
      for (const pdu of pdus) this.take(pdu);
      if (!broken) return;
      this.refuse(0, INVALID_LENGTH);
      this.destroy('not SMPP');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.why = error.code ?? error.name;
    });
    socket.on('close', () => {
      this.lose();
    });
  }

  /** Whether what is written now goes out soon, rather than behind what the other side has not read yet. */
  get isWritable(): boolean {
    return this.open && this.socket.writable && !this.socket.writableNeedDrain;
  }

  /** Never throws. `lost` says nothing about whether the request arrived. */
  request(command: string, fields: Readonly<Record<string, Value>>, options: RequestOptions): Promise<Answer> {
    if (!this.open || !this.socket.writable) return Promise.resolve({ kind: 'lost' });
    this.sequence = this.sequence === LAST_SEQUENCE ? 1 : this.sequence + 1;
    const sequence = this.sequence;
    const bytes = writePdu(command, { sequence }, fields);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.tire(sequence);
      }, options.withinMs);
      this.waiting.set(sequence, { answer: resolve, timer, late: options.late, isLate: false });
      this.socket.write(bytes);
    });
  }

  /** Answers a request of the other side. */
  reply({ command, sequence }: Pdu, status: number): void {
    this.write(writePdu(`${command}_resp`, { sequence, status }));
  }

  /** `generic_nack`. @param sequence 0 where there was none to be read. */
  refuse(sequence: number, status: number): void {
    this.write(writePdu('generic_nack', { sequence, status }));
  }

  /** Closes once what was written has gone out. */
  end(): void {
    this.socket.end();
  }

  /** @param why is told as the reason of its end. */
  destroy(why: string): void {
    this.why = why;
    this.socket.destroy();
  }

  private write(bytes: Buffer): void {
    if (this.open && this.socket.writable) this.socket.write(bytes);
  }

  private take(pdu: Pdu): void {
    if (!isResponse(pdu)) {
      this.incoming.request(pdu);
      return;
    }
    const waiting = this.waiting.get(pdu.sequence);
    if (!waiting) return;
    this.waiting.delete(pdu.sequence);
    clearTimeout(waiting.timer);
    if (waiting.isLate) waiting.late?.(pdu);
    else waiting.answer({ kind: 'answered', pdu });
  }

  private tire(sequence: number): void {
    const waiting = this.waiting.get(sequence);
    this.waiting.delete(sequence);
    if (!waiting) return;
    waiting.answer({ kind: 'silent' });
    if (!waiting.late) return;
    // To the end of the line: the first of it is the one that has been late the longest.
    this.waiting.set(sequence, { ...waiting, isLate: true });
    const [oldest] = this.waiting;
    if (this.waiting.size > MOST_LATE && oldest?.[1].isLate) this.waiting.delete(oldest[0]);
  }

  private lose(): void {
    this.open = false;
    for (const { timer, answer } of this.waiting.values()) {
      clearTimeout(timer);
      answer({ kind: 'lost' });
    }
    this.waiting.clear();
    this.incoming.lost(this.why);
  }
}
