import type { Page } from '../../shared/page.js';
import type { ListKind } from '../domain/listed-value.js';
import type { ListName, OwnerLists } from '../domain/owner-lists.js';

/** The lists as this node holds them: what was saved anywhere is in them within 5 s. */
export abstract class Lists {
  /** The application's own, then the installation's. From memory. */
  abstract of(applicationId: string): readonly OwnerLists[];
  /** The ledger's time in milliseconds, by which entries end, whatever this host's clock says. */
  abstract now(): number;
}

/** Keeps who is named from whoever has no keys. */
export abstract class KeyedNames {
  /** Names of a text under every key there is, the newest first. */
  abstract of(text: string): readonly [string, ...string[]];
  /** The text so that only who has the keys reads it again. @param entryId of the one entry it belongs to */
  abstract seal(text: string, entryId: string): string;
}

/** Whose list it is: an application's, or the installation's (null). */
export interface ListOf {
  owner: string | null;
  list: ListName;
}

export interface NewEntry {
  id: string;
  kind: ListKind;
  /** What it is found by: the value's own key, or a keyed name where that names a person. */
  key: string;
  /** As people may see it. */
  shown: string;
  /** The value's own key, sealed, to name it anew under a newer key; null where the key is in clear. */
  sealed: string | null;
}

/** What holds for all entries of one call. */
export interface EntryTerms {
  /** Null: until it is removed. */
  expiresAt: Date | null;
  note: string;
}

export interface ListEntry {
  id: string;
  kind: ListKind;
  /** Masked where it names a person. */
  value: string;
  expiresAt: Date | null;
  note: string;
  version: number;
  createdAt: Date;
}

/** Where an entry would be found. */
export interface EntryKey {
  kind: ListKind;
  key: string;
}

/** The lists as they are kept. Every change is announced to all nodes and is in the audit log, or did not happen. */
export abstract class ListLedger {
  /**
   * All of them or none. What is on the list already gets the new terms.
   *
   * @param entries no two under one key.
   * @throws 400 `invalid-request` when `expiresAt` has passed; 422 `list-full` when the list would have more than `most` entries.
   */
  abstract add(
    of: ListOf,
    entries: readonly NewEntry[],
    how: EntryTerms & { actor: string; most: number },
  ): Promise<ListEntry[]>;
  /** @throws 404 `not-found`; 412 `version-mismatch` when it has another version now. */
  abstract remove(of: ListOf, entry: { id: string; version: number }, actor: string): Promise<void>;
  abstract find(of: ListOf, id: string): Promise<ListEntry | null>;
  /** Changed last first, those that have expired included until they are forgotten. @throws 400 for a cursor no page gave */
  abstract page(of: ListOf, limit: number, cursor?: string): Promise<Page<ListEntry>>;
  /** The entries of a list under any of these keys. */
  abstract findByKeys(of: ListOf, keys: readonly EntryKey[]): Promise<ListEntry[]>;
}

/** What time makes due for the lists. Several nodes may do it at once. */
export abstract class ListUpkeep {
  /** Deletes a batch of what expired or was removed a day ago, when every node knows. @returns how many */
  abstract forget(limit: number): Promise<number>;
  /**
   * Puts a batch of entries that rest under older keys under the newest, while a rotation is under way.
   *
   * @returns how many; when 0, the older keys can be dropped.
   */
  abstract rekey(limit: number): Promise<number>;
}
