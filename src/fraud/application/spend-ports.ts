import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import type { AlertPercent } from '../domain/spend-alert.js';
import type { SpendWindow } from '../domain/spend-windows.js';

/** An application stands at a share of what it may spend. */
export interface SpendAlert {
  applicationId: string;
  window: SpendWindow;
  percent: AlertPercent;
  used: Micros;
  cap: Micros;
  currency: string | null;
  mode: 'shadow' | 'enforce';
}

/** Tells applications of their caps. */
export abstract class SpendAlerts {
  /**
   * Tells it once, whichever nodes see it and however often: again only when it is seen after it was not for a 24th of the
   * window. Never throws and is not waited for; tried again while Postgres is away.
   */
  abstract tell(alert: SpendAlert): void;
}

/** What an application's messages of one kind cost within the last 24 hours. */
export interface SpendOfWay {
  channel: Channel;
  /** ISO 3166-1 alpha-2; null for e-mail. */
  country: string | null;
  messages: number;
  /** How many of them no price was known for. */
  unpriced: number;
  micros: Micros;
  lastHourMicros: Micros;
}

/** What messages were counted for, as the ledger keeps it with each: it outlives the counters. */
export abstract class SpendLedger {
  /** Dearest first. What was canceled before it was sent is left out. @throws 503 `unavailable` */
  abstract lastDay(applicationId: string): Promise<SpendOfWay[]>;

  /** The same by the minute in which it was accepted, for counters that forgot. @throws 503 `unavailable` */
  abstract byMinute(applicationId: string): Promise<{ atMs: number; weight: Micros }[]>;
}
