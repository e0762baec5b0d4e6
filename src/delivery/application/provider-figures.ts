import type { SubmitFailure } from '../domain/outcome.js';

/** How a provider did in the last minutes, counted over all processes by when a message was handed over. */
export interface Figures {
  /** Messages it was asked to take and has answered about, or not answered in time. */
  submitted: number;
  accepted: number;
  /** It may or may not have them. */
  ambiguous: number;
  refused: Record<SubmitFailure, number>;
  /** Of those it may have: what became of them. The rest waits for a report. */
  delivered: number;
  failed: number;
  unconfirmed: number;
  /** Delivered among those whose end is known; null while there is none. */
  deliveredShare: number | null;
  /** From handing over to a final report; null while there is none. */
  medianReportSeconds: number | null;
}

/** Windows that figures are told for, in minutes. */
export const WINDOWS = [5, 60] as const;
export type Window = (typeof WINDOWS)[number];

/** What send attempts and reports in the ledger say about providers. Throws 503 `unavailable`. */
export abstract class ProviderFigures {
  /** By provider and window; a provider without any attempt in a window has no entry. */
  abstract read(): Promise<ReadonlyMap<string, ReadonlyMap<Window, Figures>>>;
}

/** Of a provider that was not asked for anything. */
export const NO_FIGURES: Figures = {
  ...{ submitted: 0, accepted: 0, ambiguous: 0 },
  refused: { rejected: 0, throttled: 0, quota: 0, unreachable: 0, misconfigured: 0 },
  ...{ delivered: 0, failed: 0, unconfirmed: 0, deliveredShare: null, medianReportSeconds: null },
};
