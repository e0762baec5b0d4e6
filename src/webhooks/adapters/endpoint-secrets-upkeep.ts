import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { Rounds } from '../../platform/rounds.js';

const FORGET_EVERY_MS = 10 * 60_000;
const RESEAL_EVERY_MS = 5_000;
const BATCH = 200;

/** Signing ends by the clock; this only sees to it that what signs no more does not rest either. */
const FORGET = `
  UPDATE webhook_endpoints SET old_secret = NULL, old_secret_until = NULL
  WHERE old_secret_until <= now() RETURNING id`;

/** A sealed value starts with its key id and a dot. What rests under a key that is not here can not be opened, so it is not looked at. */
const UNDER = `
  SELECT id, secret, old_secret AS "oldSecret" FROM webhook_endpoints
  WHERE split_part(secret, '.', 1) = ANY ($1) OR split_part(old_secret, '.', 1) = ANY ($1) LIMIT $2`;

/** Unless it was rotated meanwhile: then it is under the newest key, and is looked at again. */
const REPLACE = `
  UPDATE webhook_endpoints SET secret = $4, old_secret = $5
  WHERE id = $1 AND secret = $2 AND old_secret IS NOT DISTINCT FROM $3 RETURNING id`;

interface Sealed {
  id: string;
  secret: string;
  oldSecret: string | null;
}

/** What time makes due for the secrets of endpoints: old ones go, and what rests under older keys is sealed under the newest. */
@Injectable()
export class EndpointSecretsUpkeep implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly rounds: Rounds,
    private readonly log: Log,
  ) {}

  /** Under the names of the other housekeeping: who drops an old key waits until `housekeeping.reseal` is heard no more. */
  onApplicationBootstrap(): void {
    const of = 'webhook secrets';
    this.rounds.begin({ name: 'forget', of, everyMs: FORGET_EVERY_MS, work: () => this.forget() });
    this.rounds.begin({ name: 'reseal', of, everyMs: RESEAL_EVERY_MS, work: () => this.reseal() });
  }

  /** @returns how many had an old secret whose time is over. */
  async forget(): Promise<number> {
    return (await this.database.query(FORGET)).length;
  }

  /** One batch; gives how many were resealed. When it gives 0, and nothing is logged as unreadable, the older keys can be dropped. */
  async reseal(): Promise<number> {
    const older = this.keyring.olderKids;
    if (older.length === 0) return 0;
    let resealed = 0;
    for (const { id, secret, oldSecret } of await this.database.query<Sealed>(UNDER, [older, BATCH])) {
      const fresh = [secret, oldSecret].map((sealed) => sealed && this.anew(id, sealed));
      if (fresh[0] === secret && fresh[1] === oldSecret) continue;
      resealed += (await this.database.query(REPLACE, [id, secret, oldSecret, ...fresh])).length;
    }
    return resealed;
  }

  /** As it was where it can not be opened: one endpoint's trouble must not keep the others under a key that is about to go. */
  private anew(id: string, sealed: string): string {
    if (!this.keyring.olderKids.some((kid) => sealed.startsWith(`${kid}.`))) return sealed;
    try {
      return this.keyring.seal(this.keyring.open(sealed, id), id);
    } catch (error) {
      this.log.failure('housekeeping.unreadable', error, { of: 'webhook secrets', id });
      return sealed;
    }
  }
}
