import type { Price } from '../domain/price.js';
import type { PriceList } from '../domain/price-list.js';

/** What all prices have in common. */
export interface PriceTable {
  /** ISO 4217; null until the first price is set. */
  currency: string | null;
  /** Counts changes; a change names the version it was made from. */
  version: number;
}

/** A page of the table, by id; `nextCursor` where there is more. */
export interface PricePage extends PriceTable {
  prices: Price[];
  nextCursor?: string;
}

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

  /** What is saved. */
  abstract page(after: string | null, limit: number): Promise<PricePage>;

  /**
   * Changes the table and records it in the audit log, in one transaction. Holds on this node when it returns, on the others
   * within 3 s.
   *
   * @param actor id of the API key.
   * @throws 412 `version-mismatch`; 422 `other-currency`, `too-many-prices`; 404 `not-found` for an id to remove.
   */
  abstract change(change: PriceChange, actor: string): Promise<PriceTable>;
}
