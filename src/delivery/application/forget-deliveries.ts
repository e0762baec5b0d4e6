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
}
