import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AuditLog } from '../audit/audit-log.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Database } from '../platform/postgres/database.js';
import { Random } from '../shared/random.js';
import { changedMeanwhile, notFound } from '../shared/refusals.js';
import { API_KEYS, APPLICATIONS } from './live-topics.js';
import { WHOLE_PLAN } from './plan-settings.js';
import { nameTaken } from './refusals.js';
import type { CountrySettings } from './country-settings.js';
import type { Settings } from './settings.js';

/** A tenant: owner of keys, settings and all that happens under them. */
export interface Application {
  id: string;
  name: string;
  settings: Settings;
  /** False while an operator has disabled it: every call with one of its keys is refused. */
  enabled: boolean;
  /** Counts changes of all of this; a change names the version it was made from. */
  version: number;
  createdAt: Date;
}

/** What an application may be called: something that can be shown on a page and in a terminal. */
export const nameSchema = z
  .string()
  .regex(/^(?!\s)[^\p{C}]{1,64}(?<!\s)$/u, { error: 'is 1 to 64 visible characters, without spaces around them' });

/** An application's settings in one piece; what an older version could not read is kept in columns of its own. */
export const SETTINGS = `settings || coalesce(controls, '{}') || coalesce(texts, '{}') || ${WHOLE_PLAN}
  || CASE WHEN factors IS NULL THEN '{}' ELSE jsonb_build_object('factors', factors) END
  || CASE WHEN countries IS NULL THEN '{}' ELSE jsonb_build_object('countries', countries) END AS settings`;

export const COLUMNS = `id, name, ${SETTINGS}, disabled_at IS NULL AS enabled, version, created_at AS "createdAt"`;

export interface ApplicationChange {
  to: Pick<Application, 'name' | 'enabled'>;
  version: number;
}

@Injectable()
export class Applications {
  constructor(
    private readonly database: Database,
    private readonly random: Random,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {}

  /**
   * @param name as {@link nameSchema} wants it.
   * @param actor who asked for it, for the audit log.
   * @param countries absent: those of the configuration file, and without them no phone is written to.
   * @throws 409 `name-taken`.
   */
  create(name: string, actor: string, countries?: CountrySettings): Promise<Application> {
    return this.database.transaction(async (query) => {
      const [made] = await query<Application>(
        `INSERT INTO applications (id, name, countries) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO NOTHING RETURNING ${COLUMNS}`,
        [this.random.id('app'), name, countries ? JSON.stringify(countries) : null],
      );
      if (!made) throw nameTaken();
      const details = { name, ...(countries && { countries }) };
      await this.audit.append({ actor, action: 'application.created', target: made.id, details }, query);
      return made;
    });
  }

  /** @throws 404 `not-found`. */
  async find(id: string): Promise<Application> {
    const [found] = await this.database.query<Application>(`SELECT ${COLUMNS} FROM applications WHERE id = $1`, [id]);
    if (!found) throw notFound('application');
    return found;
  }

  /** For people, who rather type a name. An id goes before another application's equal name. */
  async findByIdOrName(text: string): Promise<Application | null> {
    const [found] = await this.database.query<Application>(
      `SELECT ${COLUMNS} FROM applications WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
      [text],
    );
    return found ?? null;
  }

  async oldest(): Promise<Application | null> {
    return (await this.list(1))[0] ?? null;
  }

  /**
   * Oldest first.
   *
   * @param after the id of the last one of the page before; nothing follows an id that there is not.
   */
  list(limit: number, after?: string): Promise<Application[]> {
    return this.database.query<Application>(
      `SELECT ${COLUMNS} FROM applications
       WHERE $2::text IS NULL OR (created_at, id) > (SELECT created_at, id FROM applications WHERE id = $2)
       ORDER BY created_at, id LIMIT $1`,
      [limit, after ?? null],
    );
  }

  /** Of all of them, for whoever looks at everybody's. */
  async ids(): Promise<string[]> {
    return (await this.database.query<{ id: string }>('SELECT id FROM applications ORDER BY id')).map(({ id }) => id);
  }

  /**
   * Renames an application, disables or enables it. Disabled, every call with one of its keys is refused: here at once, on all
   * nodes within 5 s. What it started before is still delivered, and ends by itself within minutes.
   *
   * @throws 404 `not-found`; 409 `name-taken`; 412 `version-mismatch` when somebody changed it since.
   */
  async change(id: string, { to, version }: ApplicationChange, actor: string): Promise<Application> {
    const changed = await this.database
      .transaction(async (query) => {
        const before = (
          await query<Application>(`SELECT ${COLUMNS} FROM applications WHERE id = $1 FOR UPDATE`, [id])
        )[0];
        if (!before) throw notFound('application');
        if (before.version !== version) throw changedMeanwhile(before.version);
        const [after] = await query<Application>(
          `UPDATE applications SET name = $2, version = version + 1,
           disabled_at = CASE WHEN NOT $3 THEN coalesce(disabled_at, now()) END
         WHERE id = $1 AND NOT EXISTS (SELECT FROM applications WHERE name = $2 AND id <> $1) RETURNING ${COLUMNS}`,
          [id, to.name, to.enabled],
        );
        if (!after) throw nameTaken();
        await this.live.mark(APPLICATIONS, query);
        await this.live.mark(API_KEYS, query);
        const details = { before: { name: before.name, enabled: before.enabled }, after: to };
        await this.audit.append({ actor, action: 'application.changed', target: id, details }, query);
        return after;
      })
      .catch((error: unknown) => {
        throw isDuplicate(error) ? nameTaken() : error;
      });
    await this.live.announce();
    return changed;
  }
}

/** SQLSTATE unique_violation: another one took the name at the same moment. */
const isDuplicate = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505';
