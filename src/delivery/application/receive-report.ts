import { Injectable } from '@nestjs/common';
import { Callbacks } from './callbacks.js';
import { Routes } from './routes.js';
import { TakeReports } from './take-reports.js';

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

export type Received =
  { kind: 'stored'; answer: string } | { kind: 'unknown-provider' } | { kind: 'too-long' } | { kind: 'not-authentic' };

/** Takes a provider's delivery reports: authenticate, store once, apply. What is not authentic changes nothing (R31). */
@Injectable()
export class ReceiveReport {
  constructor(
    private readonly routes: Routes,
    private readonly callbacks: Callbacks,
    private readonly takeReports: TakeReports,
  ) {}

  /** @throws 503 `unavailable` when the report could not be stored: the provider asks again. */
  async execute(incoming: IncomingReport): Promise<Received> {
    const { providerId, attemptId, mac, path, ...request } = incoming;
    const provider = this.routes.provider(providerId);
    if (!provider) return { kind: 'unknown-provider' };
    if (request.rawBody.length > provider.mostReportBytes) return { kind: 'too-long' };
    if (attemptId !== undefined && !this.callbacks.isOurs(providerId, attemptId, mac ?? ''))
      return { kind: 'not-authentic' };
    const named = attemptId === undefined ? {} : { attemptId };
    const url = this.callbacks.publicUrl(path);
    const query = Object.fromEntries(new URL(url).searchParams);
    const reports = await provider.readReports({ ...request, ...named, url, query });
    if (!reports) return { kind: 'not-authentic' };
    // The path's attempt is what was authenticated; a body can not speak of another one.
    await this.takeReports.execute(reports.map((report) => ({ ...report, ...named, providerId })));
    return { kind: 'stored', answer: provider.reportAnswer };
  }
}
