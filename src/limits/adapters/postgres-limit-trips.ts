import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isoTime, tellApplication } from '../../events/event-sql.js';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { QuietTimes } from '../../platform/quiet-times.js';
import { LimitTrips } from '../application/limit-trips.js';
import type { Rule } from '../domain/rule.js';

/**
 * Whoever inserts or renews the row tells; two at once get in line, and the second finds it fresh. A rule that refuses within
 * ten minutes of when it might have been told again has never stopped, as far as anybody knows.
 */
const TELL = `
  WITH tripped AS (
    INSERT INTO limit_trips (application_id, rule_name) VALUES ($1, $2)
    ON CONFLICT (application_id, rule_name) DO UPDATE SET told_at = now(),
      since = CASE WHEN limit_trips.told_at > now() - interval '20 minutes' THEN limit_trips.since ELSE now() END
    WHERE limit_trips.told_at <= now() - interval '10 minutes'
    RETURNING application_id, since, told_at),
  ${tellApplication('limit.tripped', 'tripped', `$3::jsonb || jsonb_build_object('since', ${isoTime('since')}, 'ongoing', since < told_at)`)}
  SELECT id FROM told`;

const FORGET = `
  DELETE FROM limit_trips WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM limit_trips WHERE told_at < now() - interval '1 day' LIMIT $1 FOR UPDATE SKIP LOCKED))
  RETURNING 1`;

/** A flood is refused over and over: Postgres hears of each rule no more often than this. */
const QUIET_MS = 60_000;
/** Beyond that Postgres is not quick enough, and a rule is told when it refuses again. */
const MOST_WAITING = 1_000;

/** Trips of limits as events, told once across nodes by the row that remembers them. */
@Injectable()
export class PostgresLimitTrips extends LimitTrips implements OnApplicationShutdown {
  private readonly quiet = new QuietTimes(QUIET_MS);
  private waiting = 0;
  /** One after the other, so that a flood of many rules takes no more than one connection. */
  private line: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {
    super();
  }

  refused(applicationId: string, names: readonly string[], rules: readonly Rule[]): void {
    for (const name of names) {
      if (this.waiting >= MOST_WAITING || !this.quiet.letsThrough(`${applicationId}/${name}`)) continue;
      const rule = rules.find((one) => one.name === name);
      if (rule) this.queue(applicationId, rule);
    }
  }

  /** The requests are over by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.line;
  }

  async forget(limit: number): Promise<number> {
    return (await this.database.query(FORGET, [limit])).length;
  }

  private queue(applicationId: string, rule: Rule): void {
    this.waiting += 1;
    this.line = this.line.then(() => this.tell(applicationId, rule)).finally(() => (this.waiting -= 1));
  }

  private async tell(applicationId: string, { name, on, by, scope, max, windowSeconds }: Rule): Promise<void> {
    const payload = JSON.stringify({ rule: name, on, by, scope, max, windowSeconds });
    await this.database.query(TELL, [applicationId, name, payload]).catch((error: unknown) => {
      this.log.failure('limits.trip-not-told', error);
    });
  }
}
