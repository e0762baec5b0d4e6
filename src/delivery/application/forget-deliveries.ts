import { Injectable } from '@nestjs/common';
import { DeliveryHistory } from './ledger.js';

/** Deletes what is known of how messages were delivered. Reports that still come about them are stored and match nothing. */
@Injectable()
export class ForgetDeliveries {
  constructor(private readonly history: DeliveryHistory) {}

  /** @throws 503 `unavailable` */
  async of(messageIds: string[]): Promise<void> {
    await this.history.forget(messageIds);
  }

  /** Deletes reports older than `days` that never found their delivery, up to a thousand; gives how many. @throws 503 */
  strayReports(days: number): Promise<number> {
    return this.history.forgetStrayReports(days);
  }
}
