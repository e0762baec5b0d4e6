import { setTimeout as sleep } from 'node:timers/promises';
import type { SentReport, TakenMessage } from '../history/conversations.js';
import type { Journal } from '../journal.js';
import type { Balancer } from '../world/balancer.js';

/** Bits of Kannel's `%d`. */
const BITS = { delivered: '1', failed: '2' } as const;
const TRIES = 8;
const PAUSE_MS = 1_500;

/** What is to be reported, and where to. */
export interface Callback {
  message: TakenMessage;
  /** Path of the callback URL. */
  path: string;
  status: SentReport['status'];
  manner: SentReport['manner'];
  receipt: string;
}

/** Calls back as Kannel does: with a GET, through the balancer, again when that was not answered by a 2xx. */
export class Reporter {
  private readonly underway = new Set<Promise<void>>();

  constructor(
    private readonly balancer: Balancer,
    private readonly journal: Journal,
  ) {}

  send(callback: Callback, afterMs: number): void {
    const sending = this.insist(callback, afterMs).finally(() => this.underway.delete(sending));
    this.underway.add(sending);
  }

  /** Returns when every report is sent or given up. */
  async finish(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway);
  }

  private async insist(callback: Callback, afterMs: number): Promise<void> {
    await sleep(afterMs);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answered = await this.once(callback);
      // 4xx is final: nobody gets an answer of another kind by asking again.
      if (answered !== null && answered < 500) return;
      await sleep(PAUSE_MS);
    }
  }

  private async once({ message, path, status, manner, receipt }: Callback): Promise<number | null> {
    const node = this.balancer.next();
    const query = new URLSearchParams({ d: BITS[status], F: `smsc-${String(message.number)}`, A: receipt, D: '' });
    const url = `${node.url}${path}?${query.toString()}`;
    const atMs = this.journal.now();
    const answered = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.status,
      () => null,
    );
    const { number, attemptId } = message;
    this.journal.report({ atMs, message: number, attemptId, status, manner, node: node.name, answered });
    return answered;
  }
}
