import type { ListKind } from '../domain/listed-value.js';
import { emptyLists, type ListName, type OwnerLists } from '../domain/owner-lists.js';

/** An entry as a node reads it. */
export interface EntryRow {
  id: string;
  owner: string | null;
  list: ListName;
  kind: ListKind;
  key: string;
  formerKey: string | null;
  change: string;
  removed: boolean;
  /** Milliseconds since the epoch; null: never. */
  endsAt: number | null;
}

/** Every owner's lists. Nobody's size slows another's look-ups, and nothing here tells who a person is. */
export class ListsInMemory {
  /** The last row it was given: the next reading begins after it. */
  last: Pick<EntryRow, 'change' | 'id'> = { change: '-1', id: '' };

  private readonly installation = emptyLists();
  private readonly owners = new Map<string, OwnerLists>();
  private readonly readAt = performance.now();

  /** @param ledgerNow the ledger's time now, in milliseconds: a clock of this host that is an hour off ends no entry early. */
  constructor(private readonly ledgerNow: number) {}

  of(applicationId: string): readonly OwnerLists[] {
    const own = this.owners.get(applicationId);
    return own ? [own, this.installation] : [this.installation];
  }

  now(): number {
    return this.ledgerNow + this.ageMs();
  }

  ageMs(): number {
    return performance.now() - this.readAt;
  }

  /** @param rows in the order of their changes. */
  take(rows: readonly EntryRow[]): void {
    for (const { owner, list, kind, key, formerKey, removed, endsAt } of rows) {
      const index = (owner === null ? this.installation : this.ownedBy(owner))[list];
      if (formerKey !== null) index.drop(kind, formerKey);
      if (removed) index.drop(kind, key);
      else index.put(kind, key, endsAt ?? Number.POSITIVE_INFINITY);
    }
    const { change, id } = rows.at(-1) ?? this.last;
    this.last = { change, id };
  }

  private ownedBy(owner: string): OwnerLists {
    const known = this.owners.get(owner);
    if (known) return known;
    const made = emptyLists();
    this.owners.set(owner, made);
    return made;
  }
}
