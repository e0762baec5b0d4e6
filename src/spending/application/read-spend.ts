import { Injectable } from '@nestjs/common';
import { microsOf, type Micros } from '../../shared/money.js';
import type { SpendWindow } from '../domain/spend-windows.js';
import { Prices } from './ports.js';
import type { SpendPolicy } from './spend-caps.js';
import { SpendLedger, type SpendOfWay } from './ports.js';

/** What an application spent, and what it may. */
export interface Spend {
  currency: string | null;
  /** `off` also where nobody said anything. */
  mode: SpendPolicy['mode'];
  windows: { window: SpendWindow; used: Micros; cap: Micros | null }[];
  /** Of the last 24 hours. */
  ways: SpendOfWay[];
}

/** What an application's messages cost lately. */
@Injectable()
export class ReadSpend {
  constructor(
    private readonly ledger: SpendLedger,
    private readonly prices: Prices,
  ) {}

  async execute(applicationId: string, spend: SpendPolicy | null): Promise<Spend> {
    const ways = await this.ledger.lastDay(applicationId);
    const sum = (of: (way: SpendOfWay) => Micros) => ways.reduce((total, way) => total + of(way), 0);
    const capOf = (amount?: string) => (amount === undefined ? null : microsOf(amount));
    return {
      currency: this.prices.current.currency,
      mode: spend?.mode ?? 'off',
      windows: [
        { window: 'day', used: sum(({ micros }) => micros), cap: capOf(spend?.perDay) },
        { window: 'hour', used: sum(({ lastHourMicros }) => lastHourMicros), cap: capOf(spend?.perHour) },
      ],
      ways,
    };
  }
}
