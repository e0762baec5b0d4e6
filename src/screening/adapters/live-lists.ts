import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LiveValues, type Live } from '../../platform/live/live-values.js';
import { Database } from '../../platform/postgres/database.js';
import { unavailable } from '../../shared/refusals.js';
import { Lists } from '../application/ports.js';
import type { OwnerLists } from '../domain/owner-lists.js';
import { ListsInMemory, type EntryRow } from './lists-in-memory.js';

/** What changes of lists are announced as. */
export const LISTS_TOPIC = 'lists';

/** Shorter than removed entries stay: who reads everything anew that often has missed none. */
const WHOLE_AFTER_MS = 12 * 3_600_000;

const COLUMNS = `application_id AS owner, list, kind, key, former_key AS "formerKey", change, removed_at IS NOT NULL AS removed,
  extract(epoch FROM expires_at)::float8 * 1000 AS "endsAt"`;

const EVERYTHING = `SELECT ${COLUMNS} FROM list_entries
  WHERE removed_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

/** One change is one version, in which nobody else writes: what is newer than the newest read is all that was not read. */
const NEWER = `SELECT ${COLUMNS} FROM list_entries WHERE change > $1`;

/** The lists of the ledger, as this node last read them. A change costs the reading of what it changed, not of all there is. */
@Injectable()
export class LiveLists extends Lists implements OnModuleInit {
  private lists: Live<ListsInMemory> | null = null;

  constructor(
    private readonly values: LiveValues,
    private readonly database: Database,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.lists = await this.values.keep(LISTS_TOPIC, () => this.read());
  }

  /** @throws 503 `unavailable` before the lists were read for the first time. */
  of(applicationId: string): readonly OwnerLists[] {
    return this.known().of(applicationId);
  }

  now(): number {
    return this.known().now();
  }

  private known(): ListsInMemory {
    if (!this.lists) throw unavailable('The lists are not known yet. Try again shortly.');
    return this.lists.now;
  }

  private async read(): Promise<ListsInMemory> {
    const known = this.lists?.now;
    const whole = !known || known.ageMs() > WHOLE_AFTER_MS;
    const lists = whole ? new ListsInMemory(await this.ledgerNow()) : known;
    const rows = whole
      ? this.database.query<EntryRow>(EVERYTHING)
      : this.database.query<EntryRow>(NEWER, [lists.newest]);
    lists.take(await rows);
    return lists;
  }

  private async ledgerNow(): Promise<number> {
    const [row] = await this.database.query<{ now: number }>('SELECT extract(epoch FROM now())::float8 * 1000 AS now');
    return row?.now ?? Number.NaN;
  }
}
