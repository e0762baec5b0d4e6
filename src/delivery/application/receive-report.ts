import { Injectable } from '@nestjs/common';
import { reached } from '../../shared/steps.js';
import type { Report } from '../domain/outcome.js';
import { ApplyReports } from './apply-reports.js';
import { Callbacks } from './callbacks.js';
import { Reports } from './ledger.js';
import { Routes } from './routes.js';

/** A request at a provider's report address, as it came; `mac` stands in the path beside the attempt's id. */
export interface IncomingReport {
  providerId: string;
  attemptId?: string;
  mac?: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  rawBody: Buffer;
}

export type Received = 'stored' | 'unknown-provider' | 'not-authentic';

/** Takes a provider's delivery reports: authenticate, store once, apply. What is not authentic changes nothing (R31). */
@Injectable()
export class ReceiveReport {
  constructor(
    private readonly routes: Routes,
    private readonly callbacks: Callbacks,
    private readonly reports: Reports,
    private readonly applying: ApplyReports,
  ) {}

  /** @throws 503 `unavailable` when the report could not be stored: the provider asks again. */
  async execute(incoming: IncomingReport): Promise<Received> {
    const { providerId, attemptId, mac, path, ...request } = incoming;
    const provider = this.routes.provider(providerId);
    if (!provider) return 'unknown-provider';
    if (attemptId !== undefined && !this.callbacks.isOurs(providerId, attemptId, mac ?? '')) return 'not-authentic';
    const named = attemptId === undefined ? {} : { attemptId };
    const url = this.callbacks.publicUrl(path);
    const query = Object.fromEntries(new URL(url).searchParams);
    const reports = provider.readReports({ ...request, ...named, url, query });
    if (!reports) return 'not-authentic';
    // The path's attempt is what was authenticated; a body can not speak of another one.
    for (const report of reports) await this.take({ ...report, ...named, providerId });
    return 'stored';
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
