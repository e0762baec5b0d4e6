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
