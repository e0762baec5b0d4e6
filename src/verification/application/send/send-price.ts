import { Injectable } from '@nestjs/common';
import { Routes } from '../../../delivery/application/routes.js';
import { SpendCaps, type SpendTerms } from '../../../spending/application/spend-caps.js';
import type { Channel } from '../../../shared/channel.js';
import type { Recipient } from '../../../shared/recipient.js';
import type { Wording } from '../../domain/message-text.js';
import { Tenants } from '../ports.js';
import { mostSegments } from './most-segments.js';

/** A message whose price is asked for. */
export interface PricedSend {
  applicationId: string;
  channel: Channel;
  address: Recipient;
  wording: Wording;
}

/** What a message costs, by whoever might carry it, and what its application may spend. */
@Injectable()
export class SendPrice {
  constructor(
    private readonly tenants: Tenants,
    private readonly routes: Routes,
    private readonly spendCaps: SpendCaps,
  ) {}

  async termsOf({ applicationId, channel, address, wording }: PricedSend): Promise<SpendTerms> {
    const settings = await this.tenants.settings(applicationId);
    const country = address.kind === 'phone' ? address.country : null;
    // One that is switched off now may be on again when the message is sent.
    const might = [...this.routes.to(channel, country), ...this.routes.switchedOff(channel, country)];
    const segments = mostSegments(channel, wording, settings);
    const { spend } = settings;
    return this.spendCaps.termsOf({ spend, channel, address, segments, providers: might.map(({ id }) => id) });
  }
}
