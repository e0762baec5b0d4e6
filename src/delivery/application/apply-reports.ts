import { Injectable } from '@nestjs/common';
import { effectOf, type ReportEffect } from '../domain/report-effect.js';
import { Reports, type KeptReport } from './ledger.js';
import { Nudge } from './ports.js';

/** Applies stored reports to their deliveries, forward only. */
@Injectable()
export class ApplyReports {
  constructor(
    private readonly reports: Reports,
    private readonly nudge: Nudge,
  ) {}

  /** Applies one report. One whose delivery is not known yet keeps waiting for it. */
  async apply(report: KeptReport): Promise<void> {
    // The delivery may move between the look and the change; each state is left at most twice, so this ends.
    for (let known: KeptReport | null = report; known?.delivery; known = await this.reports.find(report.id)) {
      const effect: ReportEffect = effectOf(known.delivery, toReport(known));
      if (!(await this.reports.apply(known, effect))) continue;
      if (effect.kind === 'failed') this.nudge.nudge();
      return;
    }
  }

  /** Applies what has been stored about a delivery and had no effect yet. */
  async waitingFor(deliveryId: string): Promise<void> {
    for (const report of await this.reports.waitingFor(deliveryId)) await this.apply(report);
  }
}

function toReport({ attemptId, status, cause, transient }: KeptReport) {
  return { status, transient, ...(attemptId !== null && { attemptId }), ...(cause !== null && { cause }) };
}
