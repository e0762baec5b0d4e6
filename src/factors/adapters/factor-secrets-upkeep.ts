import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { Rounds } from '../../platform/rounds.js';
import { FactorSecrets } from '../application/ports.js';

const RESEAL_EVERY_MS = 5_000;
const BATCH = 200;

/** A sealed value starts with its key id and a dot. What rests under a key that is not here can not be opened, so it is not looked at. */
const UNDER = `
  SELECT id, application_id AS "applicationId", secret FROM factors
  WHERE split_part(secret, '.', 1) = ANY ($1) AND id > $2 ORDER BY id LIMIT $3`;

/** Unless new backup codes were made meanwhile: then it is under the newest key. */
const REPLACE = `UPDATE factors SET secret = $3 WHERE id = $1 AND secret = $2 RETURNING id`;

interface Sealed {
  id: string;
  applicationId: string;
  secret: string;
}

/**
 * Seals anew what rests under older keys: secrets of authenticators, and the keys that backup codes are found by. Nobody enrols
 * again and no backup code is lost because a key was rotated (I17).
 */
@Injectable()
export class FactorSecretsUpkeep implements OnApplicationBootstrap {
  /** Where the next batch begins, so that many that can not be opened keep no others under a key that is about to go. */
  private after = '';

  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly secrets: FactorSecrets,
    private readonly rounds: Rounds,
    private readonly log: Log,
  ) {}

  /** Under the name of the other housekeeping: who drops an old key waits until `housekeeping.reseal` is heard no more. */
  onApplicationBootstrap(): void {
    this.rounds.begin({ name: 'reseal', of: 'factors', everyMs: RESEAL_EVERY_MS, work: () => this.reseal() });
  }

  /** One batch; gives how many were resealed. When it gives 0, and nothing is logged as unreadable, the older keys can be dropped. */
  async reseal(): Promise<number> {
    const older = this.keyring.olderKids;
    if (older.length === 0) return 0;
    const batch = await this.database.query<Sealed>(UNDER, [older, this.after, BATCH]);
    const last = batch[BATCH - 1];
    this.after = last?.id ?? '';
    let resealed = 0;
    for (const factor of batch) {
      const fresh = this.anew(factor);
      if (fresh !== null) resealed += (await this.database.query(REPLACE, [factor.id, factor.secret, fresh])).length;
    }
    return resealed;
  }

  /** Null where it can not be opened. */
  private anew(factor: Sealed): string | null {
    try {
      return this.secrets.seal(factor, this.secrets.open(factor, factor.secret));
    } catch (error) {
      this.log.failure('housekeeping.unreadable', error, { of: 'factors', id: factor.id });
      return null;
    }
  }
}
