import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log.js';
import { EdgeCeilings, type Ceilings } from '../platform/http/edge-throttle/edge-ceilings.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { changedMeanwhile } from '../shared/refusals.js';
import { ceilingsOf, edgeSettingsSchema, isWeaker, type EdgeSettings } from './edge-settings.js';

interface Row {
  value: unknown;
  version: number;
}

/** What is set at the edge, what holds, and the version of it. */
export interface EdgeNow {
  ceilings: Ceilings;
  version: number;
}

const EDGE_TOPIC = 'edge';

/** The ceilings at the edge as an operator turns them: on all nodes within seconds, and the last good ones stay. */
@Injectable()
export class ChangeEdge implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly live: LiveValues,
    private readonly audit: AuditLog,
    private readonly ceilings: EdgeCeilings,
  ) {}

  async onModuleInit(): Promise<void> {
    const kept = await this.live.keep(EDGE_TOPIC, async () => (await this.read()).ceilings);
    this.ceilings.follow(() => kept.now);
  }

  /** @throws 503 `unavailable` */
  async read(): Promise<EdgeNow> {
    const [row] = await this.database.query<Row>('SELECT value, version FROM installation_settings WHERE name = $1', [
      EDGE_TOPIC,
    ]);
    return soundly(row);
  }

  /**
   * Replaces what is set.
   *
   * @param change what it shall be, and the version it was made from.
   * @returns what holds now, and whether it lets more through than before.
   * @throws 412 `version-mismatch` when somebody else saved since.
   */
  async save(
    { settings, version }: { settings: EdgeSettings; version: number },
    actor: string,
  ): Promise<EdgeNow & { weaker: boolean }> {
    const saved = await this.database.transaction(async (query) => {
      const [row] = await query<Row>('SELECT value, version FROM installation_settings WHERE name = $1 FOR UPDATE', [
        EDGE_TOPIC,
      ]);
      const before = soundly(row);
      if (before.version !== version) throw changedMeanwhile(before.version);
      const sql = 'UPDATE installation_settings SET value = $2, version = version + 1 WHERE name = $1';
      await query(sql, [EDGE_TOPIC, JSON.stringify(settings)]);
      const details = { before: row?.value, after: settings };
      await this.live.mark(EDGE_TOPIC, query);
      await this.audit.append({ actor, action: 'edge.changed', target: EDGE_TOPIC, details }, query);
      const ceilings = ceilingsOf(settings);
      return { ceilings, version: version + 1, weaker: isWeaker(before.ceilings, ceilings) };
    });
    await this.live.announce();
    return saved;
  }
}

/** @throws what a reader of live values takes for "keep the last good one" */
function soundly(row: Row | undefined): EdgeNow {
  return { ceilings: ceilingsOf(edgeSettingsSchema.parse(row?.value ?? {})), version: row?.version ?? 1 };
}
