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

  async forget(ids: string[]): Promise<void> {
    await this.cancel(ids);
    await this.forgetDeliveries.of(ids);
    await this.archive.delete(ids);
  }

  /** Empties what is personal in them, and leaves the rest. */
  async empty(ids: string[]): Promise<void> {
    await this.cancel(ids);
    await this.archive.empty(ids);
  }

  /** Those that are pending, first of all: their codes are worth nothing then, and nothing more is sent. */
  private async cancel(ids: string[]): Promise<void> {
    for (const id of ids) {
      if (await this.endings.end(id, 'canceled')) await this.verifications.end(id, 'canceled');
    }
  }

  /** Reports that never found their delivery go by their age; gives how many. */
  forgetStrayReports(days: number): Promise<number> {
    return this.forgetDeliveries.strayReports(days);
  }
}
