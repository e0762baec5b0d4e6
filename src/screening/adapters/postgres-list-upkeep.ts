import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Database } from '../../platform/postgres/database.js';
import { KeyedNames, ListUpkeep } from '../application/ports.js';

const FORGET = `
  DELETE FROM list_entries WHERE id IN (
    SELECT id FROM list_entries
    WHERE least(expires_at, removed_at) < now() - interval '1 day' LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** A sealed value starts with its key id and a dot. */
const NOT_UNDER = `
  SELECT id, sealed FROM list_entries WHERE sealed IS NOT NULL AND NOT starts_with(sealed, $1 || '.') LIMIT $2`;

/** Somebody may have added the same under the newest key meanwhile: then that one stays, and the older is as good as removed. */
const REKEY = `
  WITH newest AS (
    SELECT newest.id FROM list_entries newest JOIN list_entries old USING (list, kind)
    WHERE old.id = $1 AND newest.id <> $1 AND newest.key = $3
      AND newest.application_id IS NOT DISTINCT FROM old.application_id)
  UPDATE list_entries SET
    sealed = $4,
    former_key = CASE WHEN EXISTS (SELECT FROM newest) THEN former_key ELSE key END,
    key = CASE WHEN EXISTS (SELECT FROM newest) THEN key ELSE $3 END,
    removed_at = CASE WHEN EXISTS (SELECT FROM newest) THEN coalesce(removed_at, now()) ELSE removed_at END
  WHERE id = $1 AND sealed = $2`;

@Injectable()
export class PostgresListUpkeep extends ListUpkeep {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly names: KeyedNames,
  ) {
    super();
  }

  async forget(limit: number): Promise<number> {
    return (await this.database.query(FORGET, [limit])).length;
  }

  async rekey(limit: number): Promise<number> {
    if (this.keyring.kids.length < 2) return 0;
    const old = await this.database.query<{ id: string; sealed: string }>(NOT_UNDER, [this.keyring.currentKid, limit]);
    for (const { id, sealed } of old) {
      const text = this.keyring.open(sealed, id);
      await this.database.query(REKEY, [id, sealed, this.names.of(text)[0], this.names.seal(text, id)]);
    }
    return old.length;
  }
}
