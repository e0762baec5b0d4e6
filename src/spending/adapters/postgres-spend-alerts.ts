import { Injectable } from '@nestjs/common';
import { ApplicationEvents } from '../../events/application-events.js';
import { Log } from '../../platform/log/log.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { QuietTimes } from '../../platform/quiet-times.js';
import { amountText } from '../../shared/money.js';
import { observe, observed } from '../../shared/observations.js';
import { SpendAlerts, type SpendAlert } from '../application/ports.js';
import { SPEND_WINDOWS } from '../domain/spend-windows.js';

/** Whoever inserts or renews the row tells; two at once get in line, and the second finds it fresh. */
const FIRST_SEEN = `
  INSERT INTO spend_alerts (application_id, window_name, percent) VALUES ($1, $2, $3)
  ON CONFLICT (application_id, window_name, percent) DO UPDATE SET seen_at = now()
    WHERE spend_alerts.seen_at < now() - $4 * interval '1 second'
  RETURNING percent`;

const SEEN_AGAIN = `
  UPDATE spend_alerts SET seen_at = now() WHERE application_id = $1 AND window_name = $2 AND percent = $3`;

/** A cap that is full refuses again and again: Postgres hears of it no more often than this. */
const QUIET_MS = 60_000;
const AGAIN_MS = 5_000;

/** Alerts as events, told exactly once across nodes by the row that remembers them. */
@Injectable()
export class PostgresSpendAlerts extends SpendAlerts {
  private readonly quiet = new QuietTimes(QUIET_MS);
  /** One after the other, so that what is reached first is told first. */
  private line: Promise<void> = Promise.resolve();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly events: ApplicationEvents,
    private readonly log: Log,
  ) {
    super();
  }

  tell(alert: SpendAlert): void {
    const { applicationId, window, percent } = alert;
    const name = `${applicationId}/${window}/${String(percent)}`;
    if (this.quiet.letsThrough(name)) this.line = this.line.then(() => this.record(alert, name));
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async record(alert: SpendAlert, name: string): Promise<void> {
    const { window, percent } = alert;
    try {
      const told = await this.database.transaction((query) => this.tellOnce(alert, query));
      if (told && observed()) observe({ kind: 'spend-reached', window, percent: String(percent) });
    } catch (error) {
      this.log.failure('spend.alert-failed', error);
      this.later(() => {
        this.quiet.forget(name);
        this.tell(alert);
      });
    }
  }

  private async tellOnce(alert: SpendAlert, query: Query): Promise<boolean> {
    const { applicationId, window, percent, used, cap, currency, mode } = alert;
    const row = [applicationId, window, percent];
    const first = await query(FIRST_SEEN, [...row, secondsOf(window) / 24]);
    if (first.length === 0) {
      await query(SEEN_AGAIN, row);
      return false;
    }
    const payload = { percent, window, used: amountText(used), cap: amountText(cap), currency, mode };
    await this.events.record({ applicationId, type: 'spend.reached', payload }, query);
    return true;
  }

  private later(act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, AGAIN_MS).unref();
    this.timers.add(timer);
  }
}

const secondsOf = (window: SpendAlert['window']): number =>
  Object.values(SPEND_WINDOWS).find((of) => of.window === window)?.seconds ?? 0;
