import { Injectable } from '@nestjs/common';
import type { Resealed } from '../../../shared/reseal.js';
import { ForgetRecords } from './forget-records.js';
import { Archive, Endings } from '../ledger.js';
import { Verifications } from '../hot-state.js';
import { ResealRecipients } from './reseal-recipients.js';

/** How long rows are kept, in days: what is personal in them, and the rows themselves. */
const RETENTION = { personalDays: 7, rowDays: 30 };

const BATCH = 500;

/** Work that time makes due: ending what is overdue, forgetting what is old. Safe on any number of nodes at once. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly endings: Endings,
    private readonly verifications: Verifications,
    private readonly archive: Archive,
    private readonly forgetRecords: ForgetRecords,
    private readonly resealRecipients: ResealRecipients,
  ) {}

  /** Ends overdue verifications as `expired`; gives how many. */
  async expire(): Promise<number> {
    const ids = await this.endings.expireOverdue(BATCH);
    // The hot states end by themselves; this only wipes their digests sooner.
    await Promise.allSettled(ids.map((id) => this.verifications.end(id, 'expired')));
    return ids.length;
  }

  /** Empties and deletes what is past its time, one batch of each; gives how many rows changed. */
  async forget(): Promise<number> {
    const keys = await this.archive.forgetIdempotencyKeys();
    const emptied = await this.archive.forgetRecipients(RETENTION.personalDays);
    const old = await this.archive.olderThan(RETENTION.rowDays, BATCH);
    if (old.length > 0) await this.forgetRecords.forget(old);
    const stray = await this.forgetRecords.forgetStrayReports(RETENTION.rowDays);
    return keys + emptied + old.length + stray;
  }

  /** Moves a batch of recipients to the newest key while a rotation is under way. */
  reseal(): Promise<Resealed> {
    return this.resealRecipients.reseal();
  }
}
