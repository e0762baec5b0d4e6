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

/** Rows of one query: however many entries there are, none takes longer than a query may. */
const AT_ONCE = 20_000;

/**
 * One change is one version, in which nobody else writes: what comes after the last row that was read is all that was not read.
 * Removed entries are among them, and what is changed while this goes on comes at the end.
 */
const AFTER = `
  SELECT id, application_id AS owner, list, kind, key, former_key AS "formerKey", change, removed_at IS NOT NULL AS removed,
    extract(epoch FROM expires_at)::float8 * 1000 AS "endsAt"
  FROM list_entries
  WHERE (change, id) > ($1::bigint, $2::text) AND (expires_at IS NULL OR expires_at > now())
  ORDER BY change, id LIMIT ${String(AT_ONCE)}`;

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
    let rows: EntryRow[];
    do {
      rows = await this.database.query<EntryRow>(AFTER, [lists.last.change, lists.last.id]);
      lists.take(rows);
    } while (rows.length === AT_ONCE);
    return lists;
  }

  private async ledgerNow(): Promise<number> {
    const [row] = await this.database.query<{ now: number }>('SELECT extract(epoch FROM now())::float8 * 1000 AS now');
    return row?.now ?? Number.NaN;
  }
}
