import { QUEUE_FULL } from '../receipts/command-status.js';
import type { Pdu } from './pdu.js';

/** Receipts that are stored at the same time, and that wait for it; the SMSC keeps the rest and brings them again. */
const AT_ONCE = 8;
const MOST_WAITING = 1_000;

/** Lets receipts in one after the other as fast as they can be stored, however fast they come. */
export class ReceiptIntake {
  private busy = 0;
  private readonly line: (() => void)[] = [];
  private whenIdle: (() => void)[] = [];

  /** @param store gives the `command_status` of the answer. Never throws. */
  constructor(private readonly store: (pdu: Pdu) => Promise<number>) {}

  async take(pdu: Pdu): Promise<number> {
    if (this.line.length >= MOST_WAITING) return QUEUE_FULL;
    if (this.busy >= AT_ONCE) await new Promise<void>((go) => this.line.push(go));
    else this.busy += 1;
    const status = await this.store(pdu);
    const next = this.line.shift();
    if (next) next();
    else this.busy -= 1;
    if (this.busy === 0) for (const done of this.whenIdle.splice(0)) done();
    return status;
  }

  /** When all that came has been stored, or refused. */
  async idle(): Promise<void> {
    if (this.busy > 0) await new Promise<void>((done) => this.whenIdle.push(done));
  }
}
