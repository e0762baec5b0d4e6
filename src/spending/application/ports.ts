import type { Channel } from '../../shared/channel.js';
import type { Micros } from '../../shared/money.js';
import type { Page } from '../../shared/page.js';
import type { PriceList } from '../domain/price-list.js';
import type { Price } from '../domain/price.js';
import type { AlertPercent } from '../domain/spend-alert.js';
import type { SpendWindow } from '../domain/spend-windows.js';

/** What all prices have in common. */
export interface PriceTable {
  /** ISO 4217; null until the first price is set. */
  currency: string | null;
  /** Counts changes; a change names the version it was made from. */
  version: number;
}

/** A page of the table, by id. */
export type PricePage = PriceTable & Page<Price>;

/** What an operator changes: all of it or nothing. What is not named stays as it is. */
export interface PriceChange {
  /** The version that the change was made from. */
  version: number;
  /** The currency of `set`. Amounts of two currencies can not be added up, so there is only ever one. */
  currency?: string;
  set: readonly Price[];
  /** Ids of prices. */
  remove: readonly string[];
}

/** The installation's prices: in memory for whoever sends, in Postgres for whoever changes them. */
export abstract class Prices {
  /** What holds now, from memory. */
  abstract get current(): { currency: string | null; list: PriceList };

  /** What is saved. @throws 400 `invalid-request` for a cursor that no page gave. */
  abstract page(limit: number, cursor?: string): Promise<PricePage>;

  /**
   * Changes the table and records it in the audit log, in one transaction. Holds on this node when it returns, on the others
   * within 5 s.
   *
   * @param actor id of the API key.
   * @throws 412 `version-mismatch`; 422 `other-currency`, `too-many-prices`; 404 `not-found` for an id to remove.
   */
  abstract change(change: PriceChange, actor: string): Promise<PriceTable>;
}

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
