import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { KeyedNames, ListUpkeep } from '../application/ports.js';

const FORGET = `
  DELETE FROM list_entries WHERE id IN (
    SELECT id FROM list_entries
    WHERE least(expires_at, removed_at) < now() - interval '1 day' LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** A sealed value starts with its key id and a dot. */
const UNDER = `SELECT id, sealed FROM list_entries WHERE split_part(sealed, '.', 1) = ANY ($1) LIMIT $2`;

/**
 * Somebody may have added the same under the newest key meanwhile: then that entry is the one, and takes over the name that other
 * nodes know it by.
 */
const REKEY = `
  WITH old AS (SELECT * FROM list_entries WHERE id = $1 AND sealed = $2 FOR UPDATE),
  newest AS (
    UPDATE list_entries entry SET former_key = old.key FROM old
    WHERE entry.id <> old.id AND entry.list = old.list AND entry.kind = old.kind AND entry.key = $3
      AND entry.application_id IS NOT DISTINCT FROM old.application_id
    RETURNING entry.id),
  gone AS (DELETE FROM list_entries WHERE id = (SELECT id FROM old) AND EXISTS (SELECT FROM newest))
  UPDATE list_entries SET former_key = key, key = $3, sealed = $4
  WHERE id = (SELECT id FROM old) AND NOT EXISTS (SELECT FROM newest)`;

interface Sealed {
  id: string;
  sealed: string;
}

@Injectable()
export class PostgresListUpkeep extends ListUpkeep {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly names: KeyedNames,
    private readonly log: Log,
  ) {
    super();
  }

  async forget(limit: number): Promise<number> {
    return (await this.database.query(FORGET, [limit])).length;
  }

  async rekey(limit: number): Promise<number> {
    const older = this.keyring.olderKids;
    if (older.length === 0) return 0;
    let rekeyed = 0;
    for (const { id, sealed } of await this.database.query<Sealed>(UNDER, [older, limit])) {
      const text = this.open(id, sealed);
      if (text === null) continue;
      await this.database.query(REKEY, [id, sealed, this.names.of(text)[0], this.names.seal(text, id)]);
      rekeyed += 1;
    }
    return rekeyed;
  }

  /** One that can not be opened must not keep the others under a key that is about to go. */
  private open(id: string, sealed: string): string | null {
    try {
      return this.keyring.open(sealed, id);
    } catch (error) {
      this.log.failure('housekeeping.unreadable', error, { of: 'lists', id });
      return null;
    }
  }
}
