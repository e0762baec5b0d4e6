import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './api-client.js';
import type { Reply } from './http-client.js';

/** One answer, whom it was about and how long it took. */
export interface Heard {
  about: string;
  status: number;
  code: string;
  ms: number;
}

/** Asks as a patient application does: again after every 503, and remembers what it was told. */
export class PatientClient {
  readonly heard: Heard[] = [];

  /** @param about what the call is about, for `heard`. */
  async ask(about: string, call: () => Promise<Reply<Answer>>, patienceMs = 15_000): Promise<Reply<Answer>> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const began = performance.now();
      const reply = await call();
      const code = reply.body.code ?? String(reply.body.status);
      this.heard.push({ about, status: reply.status, code, ms: performance.now() - began });
      if (reply.status !== 503 || performance.now() > deadline) return reply;
      await sleep(200);
    }
  }

  /** How often which answer was given. */
  get tally(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { status, code } of this.heard) {
      const name = `${String(status)} ${code}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  get longestMs(): number {
    return Math.max(...this.heard.map(({ ms }) => ms));
  }

  /** How long half of the answers with this status took at most. */
  medianMs(status: number): number {
    const took = this.heard.filter((heard) => heard.status === status).map(({ ms }) => ms);
    return took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
  }

  count(status: number, about?: string): number {
    return this.heard.filter((heard) => heard.status === status && (about ?? heard.about) === heard.about).length;
  }
}
