import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { AuditLog } from '../audit/audit-log.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { isFactor, isSent } from '../shared/channel.js';
import { Clock } from '../shared/clock.js';
import { changedMeanwhile, notFound, unavailable } from '../shared/refusals.js';
import { COLUMNS, SETTINGS, type Application } from './applications.js';
import { APPLICATIONS } from './live-topics.js';
import { operatorsAfter, refuseUndoing, setBy, type SetBy, type SettingsBefore } from './operator-sections.js';
import { Installation } from './ports.js';
import { keptPlan } from './plan-settings.js';
import type { Principal } from './principal.js';
import { channelsWithoutProvider } from './refusals.js';
import { refuseUnpricedCap } from './refuse-unpriced-cap.js';
import { effectiveSettings, settingsSchema, type EffectiveSettings, type Settings } from './settings.js';
import { ShortCache } from './short-cache.js';
import { settingsWeaken } from './weakening.js';

/** An application's own settings, and what holds because of them. */
export interface SettingsView extends Pick<Application, 'version' | 'settings'> {
  /** Who saved what is set of the sections that an operator's key alone may undo. */
  setBy: SetBy;
  effective: EffectiveSettings;
}

/** An application with all that a change of its settings looks at. */
type Row = Application & SettingsBefore;

const ROW = `${COLUMNS}, coalesce(operator_sections, '[]') AS "operatorSections"`;

/** How an application's verifications behave. A change holds on every node as soon as it hears of it, and within 5 s. */
@Injectable()
export class ApplicationSettings implements OnModuleInit {
  private readonly cache: ShortCache<EffectiveSettings>;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly installation: Installation,
    private readonly live: LiveValues,
    clock: Clock,
  ) {
    this.cache = new ShortCache(clock);
  }

  async onModuleInit(): Promise<void> {
    await this.live.keep(APPLICATIONS, () => {
      this.cache.clear();
      return Promise.resolve();
    });
  }

  /**
   * The settings with every gap filled, at most 5 s old.
   *
   * @throws 503 `unavailable` when they can not be read, or when what the ledger holds is outside the rails: settings that
   *   nobody could have saved are not obeyed.
   */
  effective(applicationId: string): Promise<EffectiveSettings> {
    return this.cache.get(applicationId, () => this.read(applicationId));
  }

  /**
   * The settings of an application in hand with every gap filled. Its plan has only channels that have a provider today; one
   * may have gone since the plan was saved.
   */
  fill({ name, settings }: Pick<Application, 'name' | 'settings'>): EffectiveSettings {
    const filled = effectiveSettings(name, settings, this.installation.defaults);
    const available = this.installation.channels();
    return { ...filled, plan: filled.plan.filter((channel) => isFactor(channel) || available.includes(channel)) };
  }

  /** @throws 404 `not-found` */
  async find(applicationId: string): Promise<SettingsView> {
    const [row] = await this.database.query<Row>(`SELECT ${ROW} FROM applications WHERE id = $1`, [applicationId]);
    if (!row) throw notFound('application');
    return this.view(row);
  }

  private view(row: Row): SettingsView {
    const { version, settings } = row;
    return { version, settings, setBy: setBy(row), effective: this.fill(row) };
  }

  /**
   * Replaces an application's own settings.
   *
   * @param change the new settings, and the version they were made from.
   * @returns how they are now, and whether that `weakens` (R80): a country is open that was not, a cap or a detector is less than it was.
   * @throws 404 `not-found`; 412 `version-mismatch` when somebody else saved since; 422 `no-channel` when the plan names a
   *   channel that has no provider, `no-price` when a cap shall hold for one without prices, and `operators-setting` when the
   *   application's own key would undo what an operator saved.
   */
  async save(
    applicationId: string,
    change: { settings: Settings; version: number },
    by: Pick<Principal, 'keyId' | 'applicationId'>,
  ): Promise<{ view: SettingsView; weakens: boolean }> {
    const available = this.installation.channels();
    const missing = change.settings.plan?.filter((channel) => isSent(channel) && !available.includes(channel)) ?? [];
    if (missing.length > 0) throw channelsWithoutProvider(missing);
    const { countries, spend, fraud, templates, senders, voice, factors, plan, ...settings } = change.settings;
    const { sent, whole } = keptPlan(plan);
    const saved = await this.database.transaction(async (query) => {
      const [before] = await query<Row>(`SELECT ${ROW} FROM applications WHERE id = $1 FOR UPDATE`, [applicationId]);
      if (!before) throw notFound('application');
      if (before.version !== change.version) throw changedMeanwhile(before.version);
      const operator = by.applicationId === null;
      if (!operator) refuseUndoing(before, change.settings, this.installation.defaults);
      const wanted = this.fill({ name: before.name, settings: change.settings });
      if (!isDeepStrictEqual(before.settings.spend, spend)) await refuseUnpricedCap(wanted, query);
      const [after] = await query<Row>(
        `UPDATE applications SET settings = $2, countries = $3, controls = $4, operator_sections = $5, texts = $6,
           factors = $7, plan = $8, version = version + 1
         WHERE id = $1 RETURNING ${ROW}`,
        [
          ...[applicationId, JSON.stringify({ ...settings, plan: sent }), countries ? JSON.stringify(countries) : null],
          ...[(spend ?? fraud) ? JSON.stringify({ spend, fraud }) : null],
          JSON.stringify(operator ? operatorsAfter(before, change.settings) : before.operatorSections),
          (templates ?? senders ?? voice) ? JSON.stringify({ templates, senders, voice }) : null,
          factors ? JSON.stringify(factors) : null,
          whole,
        ],
      );
      await this.live.mark(APPLICATIONS, query);
      const now = after ?? before;
      const weakens = settingsWeaken(this.fill(before), wanted);
      const details = { before: before.settings, after: change.settings, ...(weakens && { weakens }) };
      await this.audit.append(
        { actor: by.keyId, action: 'application.settings-changed', target: applicationId, details },
        query,
      );
      return { view: this.view(now), weakens };
    });
    await this.live.announce();
    return saved;
  }

  private async read(applicationId: string): Promise<EffectiveSettings> {
    const [row] = await this.database.query<Pick<Application, 'name' | 'settings'>>(
      `SELECT name, ${SETTINGS} FROM applications WHERE id = $1`,
      [applicationId],
    );
    if (!row) throw notFound('application');
    const settings = settingsSchema.safeParse(row.settings);
    if (!settings.success) throw unavailable('The settings of this application are damaged. Save them anew.');
    return this.fill({ name: row.name, settings: settings.data });
  }
}
