import { Injectable } from '@nestjs/common';
import { Callbacks } from './callbacks.js';
import { Routes } from './routes.js';
import { TakeReports } from './take-reports.js';
import { asSigned, type VendorCallback } from './vendor-callback.js';

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
  async execute(callback: VendorCallback): Promise<Received> {
    const { providerId, attemptId, mac, rawBody } = callback;
    const provider = this.routes.provider(providerId);
    if (!provider) return { kind: 'unknown-provider' };
    if (rawBody.length > provider.mostReportBytes) return { kind: 'too-long' };
    if (attemptId !== undefined && !this.callbacks.isOurs(providerId, attemptId, mac ?? ''))
      return { kind: 'not-authentic' };
    const reports = await provider.readReports(asSigned(callback, this.callbacks));
    if (!reports) return { kind: 'not-authentic' };
    // The path's attempt is what was authenticated; a body can not speak of another one.
    const named = attemptId === undefined ? {} : { attemptId };
    await this.takeReports.execute(reports.map((report) => ({ ...report, ...named, providerId })));
    return { kind: 'stored', answer: provider.reportAnswer };
  }
}
