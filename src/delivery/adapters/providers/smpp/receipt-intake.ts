import { QUEUE_FULL, TEMPORARY_ERROR } from '../receipts/command-status.js';
import type { Pdu } from './pdu.js';

/** Receipts that are stored at the same time, and that wait for it; the SMSC keeps the rest and brings them again. */
const AT_ONCE = 8;
const MOST_WAITING = 1_000;

/** Lets receipts in one after the other as fast as they can be stored, however fast they come. */
export class ReceiptIntake {
  private busy = 0;
  private readonly line: (() => void)[] = [];
  private readonly whenIdle: (() => void)[] = [];
  private closing = false;

  /** @param store gives the `command_status` of the answer. Never throws. */
  constructor(private readonly store: (pdu: Pdu) => Promise<number>) {}

  /** @returns the `command_status` of the answer; one that does not take the receipt has the SMSC keep it. */
  async take(pdu: Pdu): Promise<number> {
    if (this.closing) return TEMPORARY_ERROR;
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

  /**
   * Takes nothing more, and waits for what came to be stored, or refused. What takes longer is not acknowledged: the SMSC brings
   * it again, to another process or later.
   */
  async close(withinMs: number): Promise<void> {
    this.closing = true;
    if (this.busy === 0) return;
    await new Promise<void>((done) => {
      const enough = setTimeout(done, withinMs);
      this.whenIdle.push(() => {
        clearTimeout(enough);
        done();
      });
    });
  }
}
