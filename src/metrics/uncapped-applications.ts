import { Injectable } from '@nestjs/common';
import { EinmalConfig } from '../config.js';
import { Database } from '../platform/postgres/database.js';

/** What an application says of itself goes before what the configuration file says for all. */
const UNCAPPED = `
  SELECT count(*)::int AS count FROM applications WHERE coalesce(controls -> 'spend' ->> 'mode', $1) <> 'enforce'`;

/** Applications that could spend anything: nobody set a cap, or it is off or only tells. The same on every node. */
@Injectable()
export class UncappedApplications {
  constructor(
    private readonly database: Database,
    private readonly config: EinmalConfig,
  ) {}

  /** @throws 503 `unavailable` when Postgres can not be asked. */
  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(UNCAPPED, [this.config.defaults.spend?.mode ?? 'off']);
    return row?.count ?? 0;
  }
}
