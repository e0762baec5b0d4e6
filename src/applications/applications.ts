import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AuditLog } from '../audit/audit-log.js';
import { Database } from '../platform/postgres/database.js';
import { Random } from '../shared/random.js';
import { notFound } from '../shared/refusals.js';
import { nameTaken } from './refusals.js';
import type { CountrySettings } from './country-settings.js';
import type { Settings } from './settings.js';

/** A tenant: owner of keys, settings and all that happens under them. */
export interface Application {
  id: string;
  name: string;
  settings: Settings;
  /** Counts changes of the settings; a change names the version it was made from. */
  version: number;
  createdAt: Date;
}

/** What an application may be called: something that can be shown on a page and in a terminal. */
export const nameSchema = z
  .string()
  .regex(/^(?!\s)[^\p{C}]{1,64}(?<!\s)$/u, { error: 'is 1 to 64 visible characters, without spaces around them' });

/** An application's settings in one piece; their countries are kept in a column of their own, where it says anything of them. */
export const SETTINGS = `CASE WHEN countries IS NULL THEN settings
  ELSE settings || jsonb_build_object('countries', countries) END AS settings`;

export const COLUMNS = `id, name, ${SETTINGS}, version, created_at AS "createdAt"`;

@Injectable()
export class Applications {
  constructor(
    private readonly database: Database,
    private readonly random: Random,
    private readonly audit: AuditLog,
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

  /** All of them, oldest first. */
  list(): Promise<Application[]> {
    return this.database.query<Application>(`SELECT ${COLUMNS} FROM applications ORDER BY created_at, id`);
  }
}
