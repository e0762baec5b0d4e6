import { Injectable } from '@nestjs/common';
import type { Page } from '../../shared/page.js';
import { Random } from '../../shared/random.js';
import { invalidRequest, notFound } from '../../shared/refusals.js';
import { EXPECTED, PERSONAL, readListedValue, type ListedValue, type ListKind } from '../domain/listed-value.js';
import { KeyedNames, ListLedger, type EntryTerms, type ListEntry, type ListOf, type NewEntry } from './ports.js';

const MOST_ENTRIES = 100_000;

/** Values of one kind that go on a list under the same terms. */
export interface ListOrder extends EntryTerms {
  kind: ListKind;
  values: readonly string[];
}

/** Reads and changes lists. A change holds on this node when it is answered, and on all within 5 s (R79). */
@Injectable()
export class EditLists {
  constructor(
    private readonly ledger: ListLedger,
    private readonly names: KeyedNames,
    private readonly random: Random,
  ) {}

  /**
   * Puts all of the values on the list, or none. Another spelling of one that is there is the same entry, with the new terms.
   *
   * @throws 400 `invalid-request` naming every value that is none; 422 `list-full`.
   */
  add(of: ListOf, { kind, values, expiresAt, note }: ListOrder, actor: string): Promise<ListEntry[]> {
    const entries = this.readAll(kind, values).map((value) => this.entryOf(value));
    const once = new Map(entries.map((entry) => [entry.key, entry]));
    return this.ledger.add(of, [...once.values()], { expiresAt, note, actor, most: MOST_ENTRIES });
  }

  /** @throws 404 `not-found`, for an entry of another's list, too. */
  async find(of: ListOf, id: string): Promise<ListEntry> {
    const found = await this.ledger.find(of, id);
    if (!found) throw notFound('entry');
    return found;
  }

  /** Changed last first. @throws 400 `invalid-request` for a cursor that no page gave. */
  page(of: ListOf, limit: number, cursor?: string): Promise<Page<ListEntry>> {
    return this.ledger.page(of, limit, cursor);
  }

  /** @throws 404 `not-found`; 412 `version-mismatch`. */
  remove(of: ListOf, entry: { id: string; version: number }, actor: string): Promise<void> {
    return this.ledger.remove(of, entry, actor);
  }

  /** Whether values of this kind are told so that everything wrong is said at once. */
  private readAll(kind: ListKind, values: readonly string[]): ListedValue[] {
    const read = values.map((value) => readListedValue(kind, value));
    const wrong = read.flatMap((value, n) => (value ? [] : [n]));
    if (wrong.length > 0) {
      const errors = wrong
        .slice(0, 10)
        .map((n) => ({ path: `values.${String(n)}`, message: `is not ${EXPECTED[kind]}` }));
      throw invalidRequest(
        `${String(wrong.length)} of the values are not ${EXPECTED[kind]}. Nothing was added.`,
        errors,
      );
    }
    return read.filter((value) => value !== null);
  }

  private entryOf({ kind, key, shown }: ListedValue): NewEntry {
    const id = this.random.id('ent');
    if (!PERSONAL.has(kind)) return { id, kind, key, shown, sealed: null };
    return { id, kind, key: this.names.of(key)[0], shown, sealed: this.names.seal(key, id) };
  }
}
