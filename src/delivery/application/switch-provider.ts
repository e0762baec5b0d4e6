import { Injectable } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import { DueDeliveries } from './ledger.js';
import { Nudge } from './ports.js';
import { SwitchLedger, type SwitchChange } from './provider-switches.js';
import { Routes } from './routes.js';

/** The kill switch: takes a provider out of use everywhere, and back. What was handed to it still waits for its reports. */
@Injectable()
export class SwitchProvider {
  constructor(
    private readonly routes: Routes,
    private readonly ledger: SwitchLedger,
    private readonly deliveries: DueDeliveries,
    private readonly nudge: Nudge,
  ) {}

  /** @throws 404 `not-found` for a provider that is not configured, and what {@link SwitchLedger.save} throws. */
  async execute(providerId: string, change: SwitchChange): Promise<void> {
    const provider = this.routes.provider(providerId);
    if (!provider) throw notFound('provider');
    await this.ledger.save(providerId, change);
    // What waits for a place at a provider that is slow, which is why it was switched off, need not wait any longer.
    await this.deliveries.hurry(provider.channel);
    this.nudge.nudge();
  }
}
