import { Injectable } from '@nestjs/common';
import { Routes } from '../../../delivery/application/routes.js';
import type { Channel } from '../../../shared/channel.js';
import { addressFor, type Recipients } from '../../../shared/recipient.js';
import { noChannel } from '../../domain/refusals.js';
import { Tenants, type TenantSettings } from '../ports.js';
import { readRecipients } from '../read/read-recipients.js';
import type { StartRequest } from './start-request.js';

/** A start with every default filled in and every address canonical. */
export interface ResolvedStart {
  to: Recipients;
  /** The plan: only channels that have a provider and an address. */
  channels: [Channel, ...Channel[]];
  locale: string;
  codeLength: number;
  ttlMs: number;
  policy: TenantSettings['policy'];
}

/** Turns a request into what will be done, before anything is spent on it. */
@Injectable()
export class ResolveStart {
  constructor(
    private readonly tenants: Tenants,
    private readonly routes: Routes,
  ) {}

  /** @throws 400 `invalid-request` for an unreadable recipient, 422 `no-channel` when nothing could carry the code. */
  async resolve(applicationId: string, request: StartRequest): Promise<ResolvedStart> {
    const settings = await this.tenants.settings(applicationId);
    const to = readRecipients(request.to, settings.defaultCountry);
    const served = this.routes.channels();
    const wanted = request.channels ?? settings.plan;
    const [first, ...rest] = wanted.filter(
      (channel) => served.includes(channel) && addressFor(channel, to) !== undefined,
    );
    if (!first)
      throw noChannel(
        `No channel (${wanted.join(', ') || 'the plan is empty'}) has both a provider here and an address in "to".`,
      );
    return {
      to,
      channels: [first, ...rest],
      locale: request.locale ?? settings.locale,
      codeLength: request.codeLength ?? settings.policy.codeLength,
      ttlMs: (request.ttlSeconds ?? settings.policy.ttlSeconds) * 1000,
      policy: settings.policy,
    };
  }
}
