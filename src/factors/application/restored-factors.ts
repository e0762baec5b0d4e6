import { WIDEST_WINDOW } from '../../shared/totp-window.js';
import { PERIOD_SECONDS } from '../domain/factor.js';
import type { Batch, ChangedBatch, DoubtfulCodes } from './doubtful-codes.js';

const BATCH = 1_000;

/** From a moment to the end of the latest step that the widest window takes then, whatever its period. */
const REACH_MS = (WIDEST_WINDOW + 1) * PERIOD_SECONDS.most * 1_000;

/**
 * Factors of a ledger that was restored from a backup. It does not know which of their codes were used since, so it must not take
 * any that can have been (I16). Both may be repeated, and stop a serving process for no longer than a batch takes.
 */
export class RestoredFactors {
  constructor(private readonly codes: DoubtfulCodes) {}

  /**
   * Passes over the steps of authenticators. Their owners can log in with the code of the third step from then on: the widest
   * window there is may have taken in the two before. One that the backup does not know may be imported again, and is treated alike.
   *
   * @param until by Postgres's clock: the latest moment at which a code can have been used
   * @returns how many authenticators there are. @throws 503
   */
  async passSteps(until: Date): Promise<number> {
    await this.codes.passImported(new Date(until.getTime() + REACH_MS));
    return inBatches((batch) => this.codes.passSteps({ until, ahead: WIDEST_WINDOW }, batch));
  }

  /**
   * Makes lists of backup codes empty, and tells of each.
   *
   * @param madeBy lists that were made later are left alone
   * @returns how many lists had codes. @throws 503
   */
  voidBackupCodes(madeBy: Date): Promise<number> {
    return inBatches((batch) => this.codes.voidLists(madeBy, batch));
  }
}

async function inBatches(change: (batch: Batch) => Promise<ChangedBatch>): Promise<number> {
  let total = 0;
  let after: string | null = '';
  while (after !== null) {
    const { changed, last }: ChangedBatch = await change({ after, limit: BATCH });
    total += changed;
    after = last;
  }
  return total;
}
