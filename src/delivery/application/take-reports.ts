import { Injectable } from '@nestjs/common';
import { reached } from '../../shared/steps.js';
import type { Report } from '../domain/outcome.js';
import { ApplyReports } from './apply-reports.js';
import { Reports } from './ledger.js';

/** Stores authentic reports, each once, and applies them. One that comes before its submit is recorded waits for that. */
@Injectable()
export class TakeReports {
  constructor(
    private readonly reports: Reports,
    private readonly applying: ApplyReports,
  ) {}

  /** @throws 503 `unavailable` when one could not be stored: the provider is to send it again. */
  async execute(reports: Report[]): Promise<void> {
    for (const report of reports) await this.take(report);
  }

  private async take(report: Report): Promise<void> {
    const kept = await this.reports.keep(report);
    reached('report:stored');
    if (!kept) return;
    // Its submit may have been recorded between the look and the commit: after both commits one of the two sides sees the other.
    const known = kept.delivery ? kept : await this.reports.find(kept.id);
    if (known) await this.applying.apply(known);
  }
}
