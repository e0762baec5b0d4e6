import { Injectable } from '@nestjs/common';
import { Routes } from '../../../delivery/application/routes.js';
import type { Channel } from '../../../shared/channel.js';
import { addressFor, type Recipients } from '../../../shared/recipient.js';
import { ScreenSend, type ScreenedSend } from '../../../screening/application/screen-send.js';
import type { Wording } from '../../domain/message-text.js';
import { noChannel, type RefusedChannel } from '../../domain/refusals.js';
import { Tenants, type TenantSettings } from '../ports.js';
import { readRecipients } from '../read/read-recipients.js';
import { resolveWording } from './resolve-wording.js';
import type { StartRequest } from './start-request.js';

/** A start with every default filled in and every address canonical. */
export interface ResolvedStart {
  to: Recipients;
  /** The plan: only channels that have a provider and an address, and of these the ones that screening allows, if it allows any. */
  channels: [Channel, ...Channel[]];
  /** Why screening allows none; empty while it allows one. */
  refusedChannels: readonly RefusedChannel[];
  wording: Wording;
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
    private readonly screenSend: ScreenSend,
  ) {}

  /**
   * @throws 400 `invalid-request` for an unreadable recipient, 422 `no-channel` when nothing could carry the code, and what
   *   {@link resolveWording} throws.
   */
  async resolve(applicationId: string, request: StartRequest): Promise<ResolvedStart> {
    const settings = await this.tenants.settings(applicationId);
    const to = readRecipients(request.to, settings.defaultCountry);
    const wanted = request.channels ?? settings.plan;
    const [first, ...rest] = wanted.filter((channel) => this.servers(channel, to).on > 0);
    if (!first) {
      const off = wanted.filter((channel) => this.servers(channel, to).off > 0);
      throw noChannel(
        `No channel (${wanted.join(', ') || 'the plan is empty'}) has both a provider here and an address in "to".` +
          (off.length > 0 ? ` The operator has switched off the providers of ${off.join(' and ')}.` : ''),
      );
    }
    const screened = { applicationId, to, ip: request.endUser?.ip, countries: settings.countries };
    const plan = this.screen([first, ...rest], screened);
    return {
      to,
      ...plan,
      wording: resolveWording(request, plan.channels, settings),
      codeLength: request.codeLength ?? settings.policy.codeLength,
      ttlMs: (request.ttlSeconds ?? settings.policy.ttlSeconds) * 1000,
      policy: settings.policy,
    };
  }

  /** A plan that is refused whole stays as it is: the send will be refused, and that goes into the log of decisions. */
  private screen(
    plan: [Channel, ...Channel[]],
    { to, ...about }: Omit<ScreenedSend, 'channel' | 'address'> & { to: Recipients },
  ): Pick<ResolvedStart, 'channels' | 'refusedChannels'> {
    const refusedChannels = plan.flatMap((channel) => {
      const address = addressFor(channel, to);
      const screening = address && this.screenSend.screen({ ...about, channel, address });
      return screening?.kind === 'refused' ? [{ channel, reason: screening.reason, detail: screening.detail }] : [];
    });
    const [first, ...rest] = plan.filter((channel) => !refusedChannels.some((refused) => refused.channel === channel));
    return first ? { channels: [first, ...rest], refusedChannels: [] } : { channels: plan, refusedChannels };
  }

  /** How many providers could carry a code to this recipient over a channel, and how many more if an operator let them. */
  private servers(channel: Channel, to: Recipients): { on: number; off: number } {
    const address = addressFor(channel, to);
    if (!address) return { on: 0, off: 0 };
    const country = address.kind === 'phone' ? address.country : null;
    return {
      on: this.routes.to(channel, country).length,
      off: this.routes.switchedOff(channel, country).length,
    };
  }
}
