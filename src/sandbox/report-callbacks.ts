import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Log } from '../platform/log/log.js';
import type { ScriptedReport } from './outcomes.js';

const MOST_WAITING = 10_000;
const CONNECTIONS = 16;
const TIMEOUT_MS = 5000;
const RETRY_AFTER_MS = 1000;
const TRIES = 3;

interface Callback {
  url: string;
  body: string;
  triesLeft: number;
  /** Is told the answer, where that says something. */
  heard?: (answer: string) => void;
}

/**
 * Delivery reports on their way to us, over real HTTP like any gateway's: so the sandbox proves the same path (MAC, raw
 * body, dedupe) that production takes. Bounded, and silent once the process stops.
 */
@Injectable()
export class ReportCallbacks implements OnModuleDestroy {
  private readonly agent = new Agent({ connections: CONNECTIONS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  private readonly timers = new Set<NodeJS.Timeout>();
  private posting = 0;
  private stopped = false;

  constructor(private readonly log: Log) {}

  /** Whether the carrier has all the reports it can hold and should take no more messages. */
  get full(): boolean {
    return this.timers.size + this.posting >= MOST_WAITING;
  }

  /** Posts each report to the URL at its time. One that is not answered 200 is repeated twice, then lost, as carriers do. */
  schedule(url: string, reports: ScriptedReport[]): void {
    for (const { afterMs, ...body } of reports)
      this.later(afterMs, { url, body: JSON.stringify(body), triesLeft: TRIES });
  }

  /** Posts a question to the URL; `heard` is told its answer. */
  ask(url: string, question: { afterMs: number; body: object }, heard: (answer: string) => void): void {
    this.later(question.afterMs, { url, body: JSON.stringify(question.body), triesLeft: TRIES, heard });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await this.agent.destroy();
  }

  private later(afterMs: number, callback: Callback): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.post(callback);
    }, afterMs);
    timer.unref();
    this.timers.add(timer);
  }

  private async post({ url, body, triesLeft, heard }: Callback): Promise<void> {
    this.posting += 1;
    const answer = await this.tryOnce(url, body);
    this.posting -= 1;
    if (answer !== null) heard?.(answer);
    if (answer !== null || this.stopped) return;
    if (triesLeft > 1) this.later(RETRY_AFTER_MS, { url, body, triesLeft: triesLeft - 1, ...(heard && { heard }) });
    else this.log.warn('sandbox.report-lost');
  }

  /** The answer; null where it was not 200. */
  private async tryOnce(url: string, body: string): Promise<string | null> {
    const headers = { 'content-type': 'application/json', 'user-agent': 'einmal-sandbox' };
    try {
      const answer = await request(url, { method: 'POST', headers, body, dispatcher: this.agent });
      const text = await answer.body.text();
      return answer.statusCode === 200 ? text : null;
    } catch {
      return null;
    }
  }
}
