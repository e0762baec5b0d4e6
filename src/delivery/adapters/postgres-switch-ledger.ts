import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { LiveValues } from '../../platform/live/live-values.js';
import { Database } from '../../platform/postgres/database.js';
import { changedMeanwhile, invalidRequest } from '../../shared/refusals.js';
import {
  SwitchLedger,
  type KeptSwitch,
  type ProviderSwitch,
  type SwitchChange,
} from '../application/provider-switches.js';
import { SWITCHES_TOPIC } from './live-provider-switches.js';

/** One whose time is over holds no more, whatever is written there. */
const SELECT = `
  SELECT provider_id AS "providerId", version, enabled OR ended AS enabled, CASE WHEN NOT ended THEN until END AS until,
    CASE WHEN NOT ended THEN reason END AS reason
  FROM provider_switches, LATERAL (SELECT coalesce(until <= now(), false) AS ended) AS time`;

/** A version nobody has made yet is 1: the first change inserts, and of two first changes the second finds a 2. */
const SAVE = `
  INSERT INTO provider_switches (provider_id, enabled, until, reason, version) VALUES ($1, $2, $3, $4, 2)
  ON CONFLICT (provider_id) DO UPDATE SET enabled = $2, until = $3, reason = $4, version = provider_switches.version + 1,
    changed_at = now()
  WHERE provider_switches.version = $5
  RETURNING version`;

type Row = KeptSwitch & { providerId: string };

/** The `provider_switches` table. */
@Injectable()
export class PostgresSwitchLedger extends SwitchLedger {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {
    super();
  }

  async all(): Promise<Map<string, KeptSwitch>> {
    const rows = await this.database.query<Row>(SELECT);
    return new Map(rows.map(({ providerId, version, ...said }) => [providerId, { ...pick(said), version }]));
  }

  async save(providerId: string, { to, version, actor }: SwitchChange): Promise<void> {
    await this.database.transaction(async (query) => {
      const [before] = await query<Row>(`${SELECT} WHERE provider_id = $1 FOR UPDATE OF provider_switches`, [
        providerId,
      ]);
      const known = before?.version ?? 1;
      if (known !== version) throw changedMeanwhile(known);
      const [{ passed } = { passed: false }] = await query<{ passed: boolean }>(
        'SELECT $1::timestamptz <= now() AS passed',
        [to.until],
      );
      if (passed) throw invalidRequest('until: must be in the future');
      const saved = await query(SAVE, [providerId, to.enabled, to.until, to.reason, version]);
      if (saved.length === 0) throw changedMeanwhile();
      await this.live.mark(SWITCHES_TOPIC, query);
      const details = { before: before ? pick(before) : { enabled: true }, after: to };
      await this.audit.append({ actor, action: 'provider.switched', target: providerId, details }, query);
    });
    await this.live.announce();
  }
}

const pick = ({ enabled, until, reason }: ProviderSwitch): ProviderSwitch => ({ enabled, until, reason });
