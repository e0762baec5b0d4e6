import { Injectable } from '@nestjs/common';
import { PolledAttempts, type PolledAttempt } from './ledger.js';
import type { Polling, Provider } from './provider.js';
import { Routes } from './routes.js';
import { TakeReports } from './take-reports.js';

/** Questions to one vendor at the same time, from this process. */
const AT_ONCE = 8;

/** A provider that has to be asked what became of a message. */
export type PolledProvider = Pick<Provider, 'id'> & { polling: Polling };

/** Asks providers that do not report by themselves. What they say is taken like any other report: stored once, forward only. */
@Injectable()
export class PollReports {
  constructor(
    private readonly routes: Routes,
    private readonly attempts: PolledAttempts,
    private readonly takeReports: TakeReports,
  ) {}

  get providers(): PolledProvider[] {
    return this.routes.providers.flatMap(({ id, polling }) => (polling ? [{ id, polling }] : []));
  }

  /**
   * Asks one provider about the next few messages that wait for a report.
   *
   * @returns about how many; 0 when nothing waits any more.
   * @throws 503 `unavailable`: what was claimed is asked about again after the provider's time.
   */
  async execute({ id: providerId, polling }: PolledProvider): Promise<number> {
    const { everySeconds } = polling;
    const attempts = await this.attempts.claim({ providerId, everySeconds, limit: AT_ONCE });
    const asked = await Promise.allSettled(attempts.map((attempt) => this.ask({ id: providerId, polling }, attempt)));
    for (const one of asked) if (one.status === 'rejected') throw one.reason;
    return attempts.length;
  }

  /** Whatever id the answer names: it is the answer about this attempt. */
  private async ask({ id: providerId, polling }: PolledProvider, attempt: PolledAttempt): Promise<void> {
    const reports = await polling.ask(attempt.providerMessageId);
    await this.takeReports.execute(reports.map((report) => ({ ...report, ...attempt, providerId })));
  }
}
