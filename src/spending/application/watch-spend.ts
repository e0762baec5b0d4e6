import { Injectable } from '@nestjs/common';
import { reachedBy, type AlertPercent, type SpendLevel } from '../domain/spend-alert.js';
import { isSpendCap, SPEND_WINDOWS } from '../domain/spend-windows.js';
import { Prices } from './ports.js';
import type { SpendCap } from './spend-caps.js';
import { SpendAlerts } from './ports.js';

/** What came of a message that had to fit into caps. */
export interface SpendSeen {
  applicationId: string;
  caps: readonly SpendCap[];
  /** By cap; with the message in it, where it was counted. */
  levels: Readonly<Record<string, SpendLevel>>;
  counted: boolean;
  /** Names of what refused it, or would have. */
  refusedBy: readonly string[];
}

/** Watches how caps fill up, and tells at 50, 80 and 100 percent. A message that no longer fits stands at 100, too. */
@Injectable()
export class WatchSpend {
  constructor(
    private readonly prices: Prices,
    private readonly alerts: SpendAlerts,
  ) {}

  /** @returns whether a cap held nothing before this message, so that it may have forgotten something. */
  seen({ applicationId, caps, levels, counted, refusedBy }: SpendSeen): boolean {
    for (const { name, weight, mode, max } of caps) {
      const level = levels[name];
      if (!level || !isSpendCap(name)) continue;
      const percents: AlertPercent[] = refusedBy.includes(name) ? [100] : counted ? reachedBy(level, weight) : [];
      const { window } = SPEND_WINDOWS[name];
      const { currency } = this.prices.current;
      for (const percent of percents)
        this.alerts.tell({ applicationId, window, percent, used: level.used, cap: max, currency, mode });
    }
    return counted && caps.some(({ name, weight }) => (levels[name]?.used ?? 0) <= weight);
  }
}
