import { Injectable } from '@nestjs/common';
import { Routes } from '../../../delivery/application/routes.js';
import { SpendCaps, type SpendTerms } from '../../../spending/application/spend-caps.js';
import type { Channel } from '../../../shared/channel.js';
import type { Recipient } from '../../../shared/recipient.js';
import { Tenants } from '../ports.js';

/** A message whose price is asked for. */
export interface PricedSend {
  applicationId: string;
  channel: Channel;
  address: Recipient;
}

/** What a message costs, by whoever might carry it, and what its application may spend. */
@Injectable()
export class SendPrice {
  constructor(
    private readonly tenants: Tenants,
    private readonly routes: Routes,
    private readonly spendCaps: SpendCaps,
  ) {}

  async termsOf({ applicationId, channel, address }: PricedSend): Promise<SpendTerms> {
    const { spend } = await this.tenants.settings(applicationId);
    const country = address.kind === 'phone' ? address.country : null;
    // One that is switched off now may be on again when the message is sent.
    const might = [...this.routes.to(channel, country), ...this.routes.switchedOff(channel, country)];
    return this.spendCaps.termsOf({ spend, channel, address, providers: might.map(({ id }) => id) });
  }
}
