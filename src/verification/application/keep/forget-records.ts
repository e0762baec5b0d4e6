import { Injectable } from '@nestjs/common';
import { ForgetDeliveries } from '../../../delivery/application/forget-deliveries.js';
import { Archive, Endings } from '../ledger.js';
import { Verifications } from '../hot-state.js';

/** Deletes verifications with everything that hangs on them: hot state, deliveries with attempts and reports, events. */
@Injectable()
export class ForgetRecords {
  constructor(
    private readonly archive: Archive,
    private readonly endings: Endings,
    private readonly verifications: Verifications,
    private readonly forgetDeliveries: ForgetDeliveries,
  ) {}

  /** A pending one is canceled first, so that its code is worth nothing and nothing more is sent. */
  async forget(ids: string[]): Promise<void> {
    for (const id of ids) {
      if (await this.endings.end(id, 'canceled')) await this.verifications.end(id, 'canceled');
    }
    await this.forgetDeliveries.of(ids);
    await this.archive.delete(ids);
  }

  /** Reports that never found their delivery go by their age; gives how many. */
  forgetStrayReports(days: number): Promise<number> {
    return this.forgetDeliveries.strayReports(days);
  }
}
