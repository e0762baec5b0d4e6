import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { LiveValues } from '../../platform/live/live-values.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { pageOf, placeAfter, type Page } from '../../shared/page.js';
import { changedMeanwhile, invalidRequest, notFound } from '../../shared/refusals.js';
import { listFull } from '../application/list-full.js';
import {
  ListLedger,
  type EntryKey,
  type EntryTerms,
  type ListEntry,
  type ListOf,
  type NewEntry,
} from '../application/ports.js';
import { LISTS_TOPIC } from './live-lists.js';
import * as sql from './list-sql.js';

/** The lists in Postgres. */
@Injectable()
export class PostgresLists extends ListLedger {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly live: LiveValues,
  ) {
    super();
  }

  async add(
    of: ListOf,
    entries: readonly NewEntry[],
    { actor, most, expiresAt, note }: EntryTerms & { actor: string; most: number },
  ): Promise<ListEntry[]> {
    const columns = (['id', 'kind', 'key', 'shown', 'sealed'] as const).map((name) =>
      entries.map((entry) => entry[name]),
    );
    return this.change(async (query) => {
      const [{ passed } = { passed: false }] = await query<{ passed: boolean }>(sql.HAS_PASSED, [expiresAt]);
      if (passed) throw invalidRequest('expiresAt: is in the past');
      const rows = await query<ListEntry>(sql.add(of), [of.owner, of.list, expiresAt, note, ...columns]);
      const [{ count } = { count: 0 }] = await query<{ count: number }>(sql.COUNT, [of.owner, of.list]);
      if (count > most) throw listFull(most);
      await this.append(of, { actor, verb: 'added', entries: rows }, query);
      return rows;
    });
  }

  remove(of: ListOf, { id, version }: { id: string; version: number }, actor: string): Promise<void> {
    return this.change(async (query) => {
      const [entry] = await query<ListEntry>(sql.FIND_TO_REMOVE, [of.owner, of.list, id]);
      if (!entry) throw notFound('entry');
      if (entry.version !== version) throw changedMeanwhile(entry.version);
      await query(sql.REMOVE, [id]);
      await this.append(of, { actor, verb: 'removed', entries: [entry] }, query);
    });
  }

  async find({ owner, list }: ListOf, id: string): Promise<ListEntry | null> {
    const [entry] = await this.database.query<ListEntry>(sql.FIND, [owner, list, id]);
    return entry ?? null;
  }

  async page({ owner, list }: ListOf, limit: number, cursor?: string): Promise<Page<ListEntry>> {
    const position = cursor === undefined ? [null, null] : placeAfter(cursor, sql.PLACE);
    const rows = await this.database.query<ListEntry & { change: string }>(sql.PAGE, [
      owner,
      list,
      ...position,
      limit + 1,
    ]);
    const { found, ...more } = pageOf(rows, limit, ({ change, id }) => `${change}|${id}`);
    return { found: found.map(withoutPosition), ...more };
  }

  findByKeys({ owner, list }: ListOf, keys: readonly EntryKey[]): Promise<ListEntry[]> {
    const columns = [keys.map(({ kind }) => kind), keys.map(({ key }) => key)];
    return this.database.query<ListEntry>(sql.FIND_BY_KEYS, [owner, list, ...columns]);
  }

  /** The topic's row is locked from the first statement to the commit: versions are committed in their order, which nodes count on. */
  private async change<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const result = await this.database.transaction(async (query) => {
      await this.live.mark(LISTS_TOPIC, query);
      return work(query);
    });
    await this.live.announce();
    return result;
  }

  private append(
    { owner, list }: ListOf,
    { actor, verb, entries }: { actor: string; verb: 'added' | 'removed'; entries: readonly ListEntry[] },
    query: Query,
  ): Promise<void> {
    const shown = entries.map(({ id, kind, value, expiresAt, note }) => ({ id, kind, value, expiresAt, note }));
    const details = { applicationId: owner, list, ...(verb === 'added' ? { after: shown } : { before: shown }) };
    const weakens = (verb === 'added') === (list === 'safe');
    return this.audit.append(
      { actor, action: `list.entries-${verb}`, target: list, details: { ...details, ...(weakens && { weakens }) } },
      query,
    );
  }
}

/** An entry as it is told: where it stands among the others is the cursor's business. */
const withoutPosition = ({ id, kind, value, expiresAt, note, version, createdAt }: ListEntry): ListEntry => ({
  ...{ id, kind, value, expiresAt, note, version, createdAt },
});
